package io.eventshop.notifications;

import io.eventshop.messaging.Subscription;
import io.eventshop.testkit.CommittedFile;
import io.eventshop.testkit.asyncapi.AsyncApiDocument;
import io.eventshop.testkit.asyncapi.Consumer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@NotificationServiceTest
class AsyncApiTest {

    @Autowired private List<Subscription<?>> subscriptions;

    @Test
    void the_committed_document_says_what_is_published_and_consumed() {
        var consumers =
                subscriptions.stream()
                        .map(subscription ->
                                new Consumer(
                                        subscription.name(),
                                        subscription.topics(),
                                        subscription.events()))
                        .toList();

        new CommittedFile("asyncapi.yaml")
                .assertSays(AsyncApiDocument.of("notification-service", consumers));
    }
}
