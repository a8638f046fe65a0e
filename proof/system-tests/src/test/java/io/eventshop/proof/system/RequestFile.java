package io.eventshop.proof.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// A `requests.http`, as an IDE runs it from top to bottom. Of the format it knows what our files
/// need, and fails at the rest: variables, headers, a body, and of the scripts two statements:
///
/// ```
/// client.assert(response.status === 200);
/// client.global.set("order", response.body.id);
/// ```
final class RequestFile {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern VARIABLE = Pattern.compile("(?m)^@(\\w+) = (.+)$");
    private static final Pattern USE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern SCRIPT = Pattern.compile("(?s)\n> \\{%(.*)%}\\s*$");
    private static final Pattern ASSERT =
            Pattern.compile("client\\.assert\\(response\\.([\\w.]+) === \"?([^\"]+?)\"?\\)");
    private static final Pattern SET =
            Pattern.compile("client\\.global\\.set\\(\"(\\w+)\", response\\.([\\w.]+)\\)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> variables = new HashMap<>();
    private final String text;

    RequestFile(Path file) throws IOException {
        text = Files.readString(file);
        VARIABLE.matcher(text)
                .results()
                .forEach(variable -> variables.put(variable.group(1), variable.group(2)));
    }

    /// In place of the value that the file has.
    RequestFile with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /// @return how many requests were sent
    int run() {
        List<String> requests = Arrays.stream(text.split("(?m)^### ", -1)).skip(1).toList();
        requests.forEach(this::run);
        return requests.size();
    }

    private void run(String request) {
        Matcher script = SCRIPT.matcher(request);
        assertThat(script.find()).as("a script that asserts the status in:\n%s", request).isTrue();
        var answer = send(request.substring(0, script.start()));

        for (String statement : script.group(1).strip().split(";\\s*", -1)) {
            if (!statement.isEmpty()) {
                execute(statement, request, answer);
            }
        }
    }

    private void execute(String statement, String request, HttpResponse<String> answer) {
        Matcher assertion = ASSERT.matcher(statement);
        Matcher assignment = SET.matcher(statement);
        if (assertion.matches()) {
            assertThat(value(assertion.group(1), answer))
                    .as("%s of the answer %s to\n%s", assertion.group(1), answer.body(), request)
                    .isEqualTo(assertion.group(2));
        } else if (assignment.matches()) {
            variables.put(assignment.group(1), value(assignment.group(2), answer));
        } else {
            throw new IllegalArgumentException("not a statement that is known: " + statement);
        }
    }

    private static String value(String path, HttpResponse<String> answer) {
        return path.equals("status")
                ? String.valueOf(answer.statusCode())
                : JSON.readTree(answer.body())
                        .at(path.replaceFirst("^body", "").replace('.', '/'))
                        .asString();
    }

    /// The title is on the first line, then come method and address, headers, and after an empty
    /// line the body.
    private HttpResponse<String> send(String request) {
        String[] parts = filledIn(request).split("\n\n", 2);
        List<String> head = parts[0].lines().toList();
        String[] line = head.get(1).split(" ", 2);
        var body =
                parts.length < 2 || parts[1].isBlank()
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(parts[1]);
        var builder = HttpRequest.newBuilder(URI.create(line[1])).timeout(LIMIT);
        head.stream()
                .skip(2)
                .map(header -> header.split(": ", 2))
                .forEach(header -> builder.header(header[0], header[1]));
        try {
            return http.send(builder.method(line[0], body).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + head.get(1), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String filledIn(String request) {
        return USE.matcher(request)
                .replaceAll(use -> {
                    String value = variables.get(use.group(1));
                    assertThat(value).as("a value of %s", use.group()).isNotNull();
                    return Matcher.quoteReplacement(value);
                });
    }
}
