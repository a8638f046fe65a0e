package io.eventshop.proof.system.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import io.eventshop.proof.system.Dice;
import io.eventshop.testkit.openapi.ApiOperation;
import io.eventshop.testkit.openapi.ApiParameter;
import io.eventshop.testkit.openapi.ApiRequest;
import io.eventshop.testkit.openapi.ServedApi;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends what the document allows and what it does not, and holds each answer against it:
///
/// 1. no answer is a 5xx, and each is documented, down to its last field;
/// 2. what is allowed is understood: it may be refused for what the shop knows, but not for its
///    form;
/// 3. what is not allowed has no effect.
final class ApiFuzz {

    /// More would say the same again.
    private static final int FAILURES_MAX = 20;

    private static final List<String> CONTENT_TYPES =
            List.of(
                    "text/plain",
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    "nonsense",
                    "application/json; charset=latin1",
                    "application/json;charset=\"",
                    "*/*",
                    "multipart/form-data; boundary=x",
                    "application/problem+json",
                    "");

    private final ServedApi api;
    private final SchemaValues values;
    private final List<String> rules;
    private final Map<String, Integer> tally = new TreeMap<>();

    /// @param known values, by the names of properties and parameters, that name what is there
    /// @param rules details of refusals of the form that no schema can tell of
    ApiFuzz(ServedApi api, Map<String, List<String>> known, String... rules) {
        this.rules = List.of(rules);
        this.api = api;
        this.values = new SchemaValues(api.schemas(), known);
    }

    void run(int requests) {
        long seed = Dice.seed();
        System.out.printf("%d requests of seed %d%n", requests, seed);
        var failures = new ArrayList<String>();
        for (int i = 0; i < requests && failures.size() < FAILURES_MAX; i++) {
            var dice = Dice.of(seed, i);
            var request = allowed(dice.oneOf(api.operations()), dice);
            var form = spoilPerhaps(request, dice);
            var answer = api.send(request);
            try {
                judge(request, form, answer);
            } catch (AssertionError | JacksonException | IllegalArgumentException wrong) {
                failures.add(
                        "%s: %s\nwas answered %d: %s"
                                .formatted(
                                        Dice.repeatBy(seed, i),
                                        request,
                                        answer.statusCode(),
                                        wrong.getMessage()));
            }
        }
        System.out.printf("answers of seed %d: %s%n", seed, tally);
        assertThat(failures).isEmpty();
        for (ApiOperation operation : api.operations()) {
            assertThat(tally).containsKeys(operation + " 2xx", operation + " 4xx");
        }
    }

    private void judge(ApiRequest request, Form form, HttpResponse<String> answer) {
        int status = answer.statusCode();
        tally.merge(request.operation() + " " + status / 100 + "xx", 1, Integer::sum);
        api.assertDocumented(request, answer);
        switch (form) {
            case ALLOWED -> {
                assertThat(status).isNotIn(400, 405, 406, 413, 415);
                if (rules.stream().noneMatch(answer.body()::contains)) {
                    assertThat(answer.body()).doesNotContain("/problems/invalid-request");
                }
            }
            case FORBIDDEN -> assertThat(status).isGreaterThanOrEqualTo(400);
            case UNCLEAR -> {}
        }
    }

    private enum Form {
        ALLOWED,
        FORBIDDEN,
        UNCLEAR
    }

    private ApiRequest allowed(ApiOperation operation, Dice dice) {
        var request = new ApiRequest(operation);
        for (ApiParameter parameter : operation.parameters()) {
            if (parameter.required() || dice.chance(0.5)) {
                value(parameter, dice).ifPresent(value -> request.set(parameter, value));
            }
        }
        operation
                .bodySchema()
                .ifPresent(schema ->
                        request.body(values.fitting("", schema, dice).toString().getBytes(UTF_8)));
        return request;
    }

    /// A mere text has a grammar that its schema does not tell, as ETags and cursors have; only
    /// known values will do.
    private Optional<String> value(ApiParameter parameter, Dice dice) {
        if (parameter.schema().size() > 1) {
            return Optional.of(
                    values.fitting(parameter.name(), parameter.schema(), dice).asString());
        }
        var known = values.known(parameter.name());
        return known.isEmpty() ? Optional.empty() : Optional.of(dice.oneOf(known));
    }

    private Form spoilPerhaps(ApiRequest request, Dice dice) {
        return switch (dice.below(10)) {
            case 0, 1 -> spoilParameter(request, dice);
            case 2, 3 -> spoilBody(request, dice);
            case 4 -> spoilRest(request, dice);
            default -> Form.ALLOWED;
        };
    }

    private Form spoilParameter(ApiRequest request, Dice dice) {
        var parameters = request.operation().parameters();
        if (parameters.isEmpty()) {
            return Form.ALLOWED;
        }
        ApiParameter spoiled = dice.oneOf(parameters);
        String value =
                switch (spoiled.in()) {
                    case "header" -> Spoiling.header(dice);
                    case "path" -> Spoiling.part(dice);
                    default -> Spoiling.text(dice);
                };
        request.set(spoiled, value);
        boolean fits = errors(spoiled.schema(), json(spoiled, value)).isEmpty();
        return fits ? Form.UNCLEAR : Form.FORBIDDEN;
    }

    private Form spoilBody(ApiRequest request, Dice dice) {
        var schema = request.operation().bodySchema();
        if (schema.isEmpty()) {
            return Form.ALLOWED;
        }
        byte[] json = request.body().getBytes(UTF_8);
        request.body(dice.chance(0.6) ? Spoiling.field(json, dice) : Spoiling.text(json, dice));
        boolean fits = errors(schema.get(), request.body()).stream().allMatch("format"::equals);
        return fits ? Form.UNCLEAR : Form.FORBIDDEN;
    }

    /// As JSON, to be held against the schema.
    private static String json(ApiParameter parameter, String value) {
        boolean isText = parameter.schema().path("type").asString().equals("string");
        return isText ? JsonMapper.shared().writeValueAsString(value) : value;
    }

    /// The keywords of the schema that this text does not fit. What an address is, one library sees
    /// so, and another so: of a body's `format` nobody can say that it is forbidden.
    private List<String> errors(JsonNode schema, String json) {
        try {
            return api.schemas().errors(schema, json).stream().map(Error::getKeyword).toList();
        } catch (JacksonException | IllegalArgumentException e) {
            return List.of("is not JSON");
        }
    }

    private static Form spoilRest(ApiRequest request, Dice dice) {
        switch (dice.below(3)) {
            case 0 -> request.method(dice.oneOf("DELETE", "PATCH", "PROPFIND", "post"));
            case 1 ->
                    request.header("Accept", dice.oneOf("text/html", "image/png", "nonsense", ""));
            default -> request.header("Content-Type", dice.oneOf(CONTENT_TYPES));
        }
        return Form.UNCLEAR;
    }
}
