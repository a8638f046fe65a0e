package io.eventshop.web.problem;

import static java.util.stream.Collectors.toMap;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/// What a problem's `type` leads to: a page for people. There is one for everything that can be
/// told, because a [Problem] is made from a [ProblemType] or from an error status.
@RestController
final class ProblemPages {

    private static final CacheControl CACHED =
            CacheControl.maxAge(Duration.ofHours(1)).cachePublic();

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private final Map<String, String> pages;

    ProblemPages(ObjectProvider<ServiceProblems> ofTheService) {
        var ofStatuses = Stream.of(HttpStatus.values()).filter(HttpStatus::isError);
        pages =
                Stream.of(
                                ofStatuses.map(CommonProblem::of),
                                Stream.of(CommonProblem.values()),
                                ofTheService.stream().flatMap(it -> it.types().stream()))
                        .<ProblemType>flatMap(types -> types)
                        .collect(toMap(ProblemType::slug, ProblemPages::page, (_, page) -> page));
    }

    private static String page(ProblemType type) {
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%1$s</title>
        <style>body { font: 1.1rem/1.5 sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }</style>
        </head>
        <body>
        <h1>%1$s</h1>
        <p>Problem <code>%2$s</code>, HTTP status %3$d.</p>
        <h2>What it means</h2>
        <p>%4$s</p>
        <h2>What to do</h2>
        <p>%5$s</p>
        </body>
        </html>
        """
                .formatted(
                        HtmlUtils.htmlEscape(type.about().title()),
                        type.slug(),
                        type.about().status().value(),
                        HtmlUtils.htmlEscape(type.about().meaning()),
                        HtmlUtils.htmlEscape(type.about().remedy()));
    }

    @GetMapping("/problems/{slug}")
    ResponseEntity<String> page(@PathVariable String slug) {
        String page = pages.get(slug);
        if (page == null) {
            throw Problem.notFound("No problem has this name.");
        }
        return ResponseEntity.ok().contentType(HTML).cacheControl(CACHED).body(page);
    }
}
