package io.eventshop.messaging.internal.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.Personal;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Hides what is personal in data that is shown to people: whatever stands under the name of a
/// component that is [Personal] in any event of the catalog, at any depth, whether or not it is
/// what the contract says. Data that is not sound JSON is shown up to the first such name.
final class PersonalData {

    private static final String HIDDEN = "***";

    /// Structured mode may wrap the whole event in it.
    private static final String ENCODED = "data_base64";

    private final Set<String> names = new HashSet<>(Set.of(ENCODED));
    private final Pattern fromTheFirstName;

    PersonalData(EventCatalog catalog) {
        catalog.types().forEach(type -> collect(type.payload(), new HashSet<>()));
        fromTheFirstName =
                Pattern.compile(
                        names.stream().map(Pattern::quote).collect(joining("|", "(?s)(", ").*")));
    }

    private void collect(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return;
        }
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, seen);
            }
        } else if (type instanceof Class<?> record && record.isRecord()) {
            for (var component : record.getRecordComponents()) {
                if (component.getType().isAnnotationPresent(Personal.class)) {
                    names.add(component.getName());
                } else {
                    collect(component.getGenericType(), seen);
                }
            }
        }
    }

    /// The data as text that may be shown.
    String hiddenIn(byte[] data) {
        String text = new String(data, UTF_8);
        try {
            JsonNode json = JsonMapper.shared().readTree(data);
            boolean hidden = false;
            for (String name : names) {
                for (JsonNode parent : json.findParents(name)) {
                    ((ObjectNode) parent).put(name, HIDDEN);
                    hidden = true;
                }
            }
            return hidden ? json.toString() : text;
        } catch (JacksonException e) {
            return fromTheFirstName.matcher(text).replaceFirst("$1" + HIDDEN);
        }
    }
}
