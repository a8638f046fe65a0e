package io.eventshop.inventory.reservation.web;

import io.eventshop.inventory.reservation.ReservationView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;

/// Reservations over HTTP, as a client sees them. [ReservationController] keeps what is said here.
@RequestMapping("/api/v1/reservations")
@Tag(name = "Reservations", description = "What is held for which order")
interface ReservationApi {

    @GetMapping("/{orderId}")
    @Operation(
            operationId = "getReservation",
            summary = "The reservation of an order",
            description =
                    "There is none for as long as inventory has not seen the order, usually well"
                            + " under a second.")
    @ApiResponse(responseCode = "200", description = "The reservation")
    @ApiResponse(responseCode = "404", description = "Inventory has not seen the order")
    ResponseEntity<ReservationView> find(
            @PathVariable UUID orderId,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
                    @Nullable String ifNoneMatch);
}
