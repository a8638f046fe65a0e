package io.eventshop.web.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import io.eventshop.web.problem.Problem;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ETag;

@WebTest
class ConditionalRequestsTest {

    private static final ETag CURRENT = ETags.ofVersion(7);

    @Autowired Http http;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"7\"             | true  | true",
                "\"6\"             | false | false",
                "*                 | true  | true",
                "\"6\", \"7\"      | true  | true",
                "\"6\",\"7\"       | true  | true",
                ", \"7\",,         | true  | true",
                "W/\"7\"           | false | true",
                "\"6\" , W/\"7\"   | false | true",
                "\"a,b\", \"7\"    | true  | true",
                "\"7 \"            | bad   | bad",
                "\"\"              | false | false",
                "7                 | bad   | bad",
                "\"7               | bad   | bad",
                "\"7\" \"8\"       | bad   | bad",
                "w/\"7\"           | bad   | bad",
                "*, \"7\"          | bad   | bad",
                ",                 | bad   | bad",
                "''                | bad   | bad",
                "\"7\"x            | bad   | bad",
            })
    void tags_are_compared_strongly_for_changes_and_weakly_for_reads(
            String header, String ifMatch, String ifNoneMatch) {
        if (ifMatch.equals("bad")) {
            assertThatThrownBy(() -> IfMatch.parse(header)).isInstanceOf(Problem.class);
            assertThatThrownBy(() -> IfNoneMatch.parse(header)).isInstanceOf(Problem.class);
        } else {
            assertThat(IfMatch.parse(header).allows(CURRENT))
                    .isEqualTo(Boolean.parseBoolean(ifMatch));
            assertThat(IfNoneMatch.parse(header).matches(CURRENT))
                    .isEqualTo(Boolean.parseBoolean(ifNoneMatch));
        }
    }

    @Test
    void without_a_header_there_is_no_condition() {
        assertThat(IfMatch.parse(null).allows(CURRENT)).isTrue();
        assertThat(IfNoneMatch.parse(null).matches(CURRENT)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"7\"        | true  | false",
                "\"6\"        | false | false",
                "\"6\", \"7\" | true  | false",
                "W/\"7\"      | false | false",
                "*            | true  | false",
                "             | true  | true",
            })
    void a_change_is_allowed_to_whoever_names_the_version_or_none(
            @Nullable String header, boolean ofVersionSeven, boolean ofNothing) {
        var ifMatch = IfMatch.parse(header);

        assertRequires(ifMatch, OptionalLong.of(7), ofVersionSeven);
        assertRequires(ifMatch, OptionalLong.empty(), ofNothing);
    }

    private static void assertRequires(IfMatch ifMatch, OptionalLong version, boolean allowed) {
        if (allowed) {
            assertThatCode(() -> ifMatch.require(version)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> ifMatch.require(version))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.getStatusCode().value()).isEqualTo(412));
        }
    }

    @Test
    void a_read_that_brings_nothing_new_is_answered_by_304() {
        assertThat(http.get("/api/v1/tagged").header("ETag")).isEqualTo("\"7\"");

        var again = http.get("/api/v1/tagged", "If-None-Match", "\"7\"");

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo("\"7\"");
        assertThat(again.body()).isEmpty();
    }

    @Test
    void a_change_of_something_stale_is_refused() {
        var _ =
                http.post("/api/v1/tagged", "", "If-Match", "\"6\"")
                        .problem(412, "precondition-failed");
        var _ = http.post("/api/v1/tagged", "", "If-Match", "six").problem(400, "invalid-header");
        assertThat(http.post("/api/v1/tagged", "", "If-Match", "\"7\"").status()).isEqualTo(200);
        assertThat(
                        http.post("/api/v1/tagged", "", "If-Match", "\"6\"", "If-Match", "\"7\"")
                                .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "wait=5                                | 5",
                "wait=0                                | 0",
                "wait=10                               | 10",
                "wait=11                               | 10",
                "wait=99999999999999999999             | 10",
                "wait=007                              | 7",
                "WAIT=5                                | 5",
                "wait = 5                              | 5",
                "wait=\"5\"                            | 5",
                "wait=5; a=b                           | 5",
                "respond-async, wait=5                 | 5",
                "x=\"wait=3, wait=4\", wait=5          | 5",
                "wait=5, wait=7                        | 5",
                ",, wait=5 ,                           | 5",
            })
    void a_wish_to_wait_is_understood(String prefer, int seconds) {
        assertThat(PreferWait.parse(prefer).orElseThrow().atMost())
                .isEqualTo(Duration.ofSeconds(seconds));
        assertThat(PreferWait.parse(prefer).orElseThrow().applied()).isEqualTo("wait=" + seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=-1",
                "wait=5.5",
                "wait=five",
                "wait=٥",
                "wait=\"5",
                "wait=5 6",
                "waiting=5",
                "respond-async",
                ";",
                "=5",
                "x=\"wait=5\"",
                "wait 5"
            })
    void a_preference_that_is_not_understood_is_ignored(String prefer) {
        assertThat(PreferWait.parse(prefer)).isEmpty();
    }

    @Test
    @Timeout(5)
    void a_header_that_is_made_to_take_long_does_not() {
        assertThat(PreferWait.parse("a\"".repeat(8000))).isEmpty();
        assertThat(PreferWait.parse("x=\"" + "\\\"".repeat(8000))).isEmpty();
        assertThatThrownBy(() -> IfMatch.parse("\"7\",".repeat(3000))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> IfMatch.parse(" ,\t".repeat(5000) + "x"))
                .isInstanceOf(Problem.class);
    }
}
