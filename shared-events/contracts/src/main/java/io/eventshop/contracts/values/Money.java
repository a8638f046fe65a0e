package io.eventshop.contracts.values;

/// An amount in the minor unit of its currency: `1999 EUR` is 19.99 €. Never a float.
///
/// @param amountMinor 0 to 10^15, so that sums over any order stay far away from overflow
/// @param currency an ISO 4217 code, three capital letters
public record Money(long amountMinor, String currency) {

    public static final long AMOUNT_MAX = 1_000_000_000_000_000L;

    public Money {
        if (amountMinor < 0 || amountMinor > AMOUNT_MAX) {
            throw new IllegalArgumentException(
                    "an amount is 0 to " + AMOUNT_MAX + " minor units, not " + amountMinor);
        }
        if (currency.length() != 3 || !currency.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
            throw new IllegalArgumentException(
                    "a currency is an ISO 4217 code of three capital letters");
        }
    }

    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(Math.addExact(amountMinor, other.amountMinor), currency);
    }

    public Money times(int factor) {
        return new Money(Math.multiplyExact(amountMinor, (long) factor), currency);
    }
}
