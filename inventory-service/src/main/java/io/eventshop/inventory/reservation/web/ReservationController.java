package io.eventshop.inventory.reservation.web;

import io.eventshop.inventory.reservation.ReservationService;
import io.eventshop.inventory.reservation.ReservationView;
import io.eventshop.web.headers.ETags;
import io.eventshop.web.headers.IfNoneMatch;
import io.eventshop.web.problem.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// What is held for an order.
@RestController
class ReservationController implements ReservationApi {

    private final ReservationService reservations;

    ReservationController(ReservationService reservations) {
        this.reservations = reservations;
    }

    @Override
    public ResponseEntity<ReservationView> find(UUID orderId, @Nullable String ifNoneMatch) {
        var reservation =
                reservations
                        .find(orderId)
                        .orElseThrow(() ->
                                Problem.notFound("There is no reservation for order " + orderId));
        return IfNoneMatch.parse(ifNoneMatch)
                .answer(ETags.ofVersion(reservation.version()), reservation);
    }
}
