package io.eventshop.notifications.notification;

import io.eventshop.contracts.values.EmailAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A letter on its way to one recipient: PENDING → SENT or FAILED. From FAILED it may be tried
/// again, as long as its address was not erased.
///
/// `dueAt` is both lease and back-off: a PENDING notification may be taken by any dispatcher once
/// that time has come, and whoever takes it moves the time on. So a dispatcher that dies needs no
/// cleaning up after, and its letter is sent by another when the lease ends.
@Entity
@Table(name = "notification")
@SuppressWarnings("NullAway.Init") // JPA fills the fields
class Notification {

    @Id private UUID id;
    @Version private @Nullable Long version;
    private UUID sourceEventId;
    private String correlationId;

    @Enumerated(EnumType.STRING)
    private NotificationKind kind;

    private @Nullable UUID orderId;
    private @Nullable String sku;
    private EmailAddress recipient;
    private String subject;

    @Column(name = "body")
    private String text;

    @Enumerated(EnumType.STRING)
    private NotificationStatus status;

    private int attempts;
    private Instant dueAt;
    private @Nullable Instant sentAt;
    private @Nullable String failure;
    private @Nullable Instant failedAt;
    private @Nullable Instant refusedAt;
    private @Nullable Instant erasedAt;

    protected Notification() {}

    Notification(UUID id, Letter letter, EmailAddress recipient, SourceEvent source) {
        this.id = id;
        this.sourceEventId = source.id();
        this.correlationId = source.correlationId();
        this.kind = letter.kind();
        this.orderId = letter.orderId();
        this.sku = letter.sku() == null ? null : letter.sku().value();
        this.recipient = recipient;
        this.subject = letter.subject();
        this.text = letter.text();
        this.status = NotificationStatus.PENDING;
        this.dueAt = Instant.EPOCH; // at once; the insert writes the database's own time
    }

    /// Hands the letter to a dispatcher, which has it to itself until the lease ends.
    ///
    /// @return empty if mail cannot be sent to the recipient; then it is FAILED
    Optional<Mail> lease(Instant now, Duration lease) {
        if (status != NotificationStatus.PENDING || dueAt.isAfter(now)) {
            throw new IllegalStateException(
                    "notification %s is %s until %s and cannot be taken"
                            .formatted(id, status, dueAt));
        }
        attempts++;
        Instant wasDue = dueAt;
        dueAt = now.plus(lease);
        Optional<Mail> mail = recipient.deliverable().map(to -> mail(to, wasDue));
        if (mail.isEmpty()) {
            fail("mail cannot be sent to the address", now);
        }
        return mail;
    }

    private Mail mail(EmailAddress to, Instant wasDue) {
        return new Mail(
                id, attempts, wasDue, dueAt, kind, orderId, sku, to, subject, text, correlationId);
    }

    /// The mail server took it. That is so no matter who holds the lease by now.
    ///
    /// @return false if that was known already
    boolean sent(Instant at) {
        if (status != NotificationStatus.PENDING) {
            return false;
        }
        status = NotificationStatus.SENT;
        sentAt = at;
        failure = null;
        return true;
    }

    /// The attempt came to nothing; the next may be made at this time.
    ///
    /// @param lease under which the attempt was made; once it is lost, another dispatcher's word
    ///   counts
    /// @return false if the lease is lost
    boolean postpone(Instant lease, Instant nextAttempt, String reason) {
        if (hasLost(lease)) {
            return false;
        }
        dueAt = nextAttempt;
        failure = reason;
        return true;
    }

    /// The letter was taken but not tried: it is as if it had stayed in the queue. It keeps its
    /// place there, or what is put back again and again would pass for the newest, see
    /// [MailQueue#take].
    ///
    /// @param wasDue [Mail#dueAt]
    /// @return false if the lease is lost
    boolean putBack(Instant lease, Instant wasDue) {
        if (hasLost(lease)) {
            return false;
        }
        attempts--;
        dueAt = wasDue;
        return true;
    }

    /// No attempt will ever succeed.
    ///
    /// @return false if the lease is lost
    boolean fail(Instant lease, String reason, Instant now) {
        if (hasLost(lease)) {
            return false;
        }
        fail(reason, now);
        return true;
    }

    /// The mail server says that no attempt will ever succeed.
    ///
    /// @return false if the lease is lost
    boolean refuse(Instant lease, String answer, Instant now) {
        if (!fail(lease, answer, now)) {
            return false;
        }
        if (refusedAt == null) {
            refusedAt = now;
        }
        return true;
    }

    private void fail(String reason, Instant now) {
        status = NotificationStatus.FAILED;
        failure = reason;
        failedAt = now;
    }

    /// There is nobody to send it to: the address was erased before it was written.
    Notification withoutRecipient(Instant now) {
        fail("the address was erased, some days after the order's end", now);
        erasedAt = now;
        return this;
    }

    FailedMail failed() {
        return new FailedMail(
                id,
                orderId,
                sku,
                kind,
                shownRecipient(),
                Objects.requireNonNull(failure),
                failedAt,
                erasedAt == null);
    }

    /// The end of a lease names it: nobody else was given the same time, because the letter cannot
    /// be taken twice at once.
    private boolean hasLost(Instant lease) {
        return status != NotificationStatus.PENDING || !dueAt.equals(lease);
    }

    NotificationView view() {
        return new NotificationView(id, orderId, sku, kind, shownRecipient(), status, sentAt);
    }

    /// What was erased is masked already.
    private String shownRecipient() {
        return erasedAt == null ? recipient.masked() : recipient.value();
    }

    UUID id() {
        return id;
    }

    UUID sourceEventId() {
        return sourceEventId;
    }

    String correlationId() {
        return correlationId;
    }

    NotificationKind kind() {
        return kind;
    }

    @Nullable UUID orderId() {
        return orderId;
    }

    @Nullable String sku() {
        return sku;
    }

    EmailAddress recipient() {
        return recipient;
    }

    NotificationStatus status() {
        return status;
    }

    @Nullable String failure() {
        return failure;
    }

    @Nullable Instant failedAt() {
        return failedAt;
    }

    @Nullable Instant erasedAt() {
        return erasedAt;
    }

    String subject() {
        return subject;
    }

    String text() {
        return text;
    }
}
