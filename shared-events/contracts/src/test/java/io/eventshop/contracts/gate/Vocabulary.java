package io.eventshop.contracts.gate;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The part of JSON Schema 2020-12 that our schemas may use. It is small so that the rules of
/// [SchemaDiff] are complete: a keyword without a rule is refused, never passed over.
final class Vocabulary {

    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final Set<String> ROOT = Set.of("$schema", "$id");
    private static final Set<String> EVERYWHERE =
            Set.of("type", "title", "description", "deprecated");
    private static final Map<String, Set<String>> BY_TYPE =
            Map.of(
                    "object", Set.of("properties", "required", "additionalProperties"),
                    "array", Set.of("items", "minItems", "maxItems"),
                    "string",
                            Set.of("enum", "const", "pattern", "format", "minLength", "maxLength"),
                    "integer", Set.of("const", "minimum", "maximum"),
                    "number", Set.of("const", "minimum", "maximum"),
                    "boolean", Set.of("const"));

    private Vocabulary() {}

    /// One sentence for each thing in the schema that the rules do not cover.
    static List<String> refusals(JsonNode schema) {
        var refusals = new ArrayList<String>();
        if (!schema.path("$schema").asString("").equals(DIALECT)) {
            refusals.add("`$schema` is not " + DIALECT + "; the rules are made for no other");
        }
        if (!schema.path("type").asString("").equals("object")) {
            refusals.add("the data is not an object, and could never get another field");
        }
        visit("", schema, ROOT, refusals);
        return refusals;
    }

    private static void visit(
            String pointer, JsonNode schema, Set<String> more, List<String> refusals) {
        var type = schema.path("type").asString("");
        var ofType = BY_TYPE.get(type);
        if (ofType == null) {
            refusals.add(
                    "`%s` has not one `type` of %s; absence is said by leaving out, never by null"
                            .formatted(
                                    shown(pointer), BY_TYPE.keySet().stream().sorted().toList()));
            return;
        }
        var known = Stream.of(more, EVERYWHERE, ofType).flatMap(Set::stream).collect(toSet());
        schema.propertyNames().stream()
                .filter(keyword -> !known.contains(keyword))
                .forEach(keyword ->
                        refusals.add(
                                "`%s` uses `%s`, for which there is no rule on %s; say it without, or first give it a rule and pairs that prove it"
                                        .formatted(shown(pointer), keyword, type)));
        switch (type) {
            case "object" -> visitObject(pointer, schema, refusals);
            case "array" -> visit(pointer + "/*", schema.path("items"), Set.of(), refusals);
            default -> {}
        }
    }

    private static void visitObject(String pointer, JsonNode schema, List<String> refusals) {
        if (!schema.path("additionalProperties").isBoolean()
                || schema.path("additionalProperties").booleanValue()) {
            refusals.add(
                    "`%s` is open: a writer could send any field, and a later version could not give it a meaning; set `additionalProperties` to false"
                            .formatted(shown(pointer)));
        }
        var properties = schema.path("properties");
        schema.path("required").values().stream()
                .map(name -> name.asString(""))
                .filter(name -> !properties.has(name))
                .forEach(name ->
                        refusals.add(
                                "`%s` requires `%s`, which is none of its properties"
                                        .formatted(shown(pointer), name)));
        properties
                .properties()
                .forEach(property ->
                        visit(
                                pointer + "/" + property.getKey(),
                                property.getValue(),
                                Set.of(),
                                refusals));
    }

    static String shown(String pointer) {
        return pointer.isEmpty() ? "/" : pointer;
    }
}
