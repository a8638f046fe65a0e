package io.eventshop.contracts;

/// An event with the number under which its aggregate has counted it. Counting and making the event
/// are one method of the aggregate, so that neither is done without the other:
///
/// ```java
/// private NumberedEvent counted(OrderEvent event) {
///     return new NumberedEvent(event, ++eventVersion);
/// }
/// ```
///
/// @param number of this event among its aggregate's events, from 1
public record NumberedEvent(Event event, long number) {}
