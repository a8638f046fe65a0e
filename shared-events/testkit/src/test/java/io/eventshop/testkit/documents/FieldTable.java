package io.eventshop.testkit.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The fields of a JSON Schema as a table in Markdown, nested ones below their parents.
final class FieldTable {

    private final StringBuilder rows = new StringBuilder();

    private FieldTable() {}

    static String of(JsonNode schema) {
        var table = new FieldTable();
        table.add("", schema);
        return "| field | type | required | limits |\n|---|---|---|---|\n" + table.rows;
    }

    private void add(String prefix, JsonNode object) {
        List<String> required =
                object.path("required").valueStream().map(JsonNode::asString).toList();
        object.path("properties")
                .forEachEntry((name, field) -> add(prefix + name, field, required.contains(name)));
    }

    private void add(String path, JsonNode field, boolean required) {
        rows.append(
                "| `%s` | %s | %s | %s |\n"
                        .formatted(path, type(field), required ? "yes" : "no", limits(field)));
        add(path + ".", field);
        JsonNode items = field.path("items");
        if (items.has("properties")) {
            add(path + "[].", items);
        } else if (items.isObject()) {
            add(path + "[]", items, true);
        }
    }

    private static String type(JsonNode field) {
        String type = field.path("type").asString();
        return field.has("format") ? type + ", " + field.path("format").asString() : type;
    }

    private static String limits(JsonNode field) {
        var limits = new ArrayList<String>();
        limits.add(range(field, "minLength", "maxLength", " characters"));
        limits.add(range(field, "minimum", "maximum", ""));
        limits.add(range(field, "minItems", "maxItems", " items"));
        if (field.has("pattern")) {
            limits.add("matches `" + field.path("pattern").asString().replace("|", "\\|") + "`");
        }
        if (field.has("const")) {
            limits.add("always `" + field.path("const").asString() + "`");
        }
        if (field.has("enum")) {
            limits.add(
                    field.path("enum")
                            .valueStream()
                            .map(value -> "`" + value.asString() + "`")
                            .collect(Collectors.joining(", ", "one of ", "")));
        }
        if (field.path("deprecated").asBoolean(false)) {
            limits.add("deprecated");
        }
        limits.add(field.path("description").asString(""));
        return limits.stream().filter(limit -> !limit.isEmpty()).collect(Collectors.joining("; "));
    }

    private static String range(JsonNode field, String min, String max, String unit) {
        String least = field.path(min).asString("");
        String most = field.path(max).asString("");
        if (least.isEmpty() && most.isEmpty()) {
            return "";
        }
        if (most.isEmpty()) {
            return least + " or more" + unit;
        }
        return (least.isEmpty() ? "at most " + most : least + " to " + most) + unit;
    }
}
