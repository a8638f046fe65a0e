package io.eventshop.contracts.values;

import io.eventshop.contracts.Personal;
import io.eventshop.contracts.TextForm;
import java.net.IDN;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An e-mail address as somebody has written it; on the wire a plain string. It may be none at all:
/// an event that names a wrong address is still an event.
///
/// [#deliverable] is the one judge of what mail can be sent to. The order asks it before it takes
/// an address, and the sender before it uses one, so that what is taken can be sent to, and a mail
/// reaches the person who was meant, or nobody.
@Personal
@TextForm(
        format = "email",
        lengthMax = EmailAddress.LENGTH_MAX,
        description =
                """
                One that mail can be sent to; everything else is refused. The local part is 1 to 64 \
                ASCII letters, digits and ``!#$%&'*+/=?^_`{|}~-``, with single dots between them: no \
                quotes, and no SMTPUTF8 (RFC 6531). The domain has at least two labels, no \
                brackets, and may be internationalised: it is sent to in its `xn--` form, and has to \
                be given in it where IDNA 2003 and 2008 read it differently, as `ß`. The whole has \
                at most 254 characters in that form.\
                """,
        example = "ada@example.com")
public record EmailAddress(String value) {

    /// In characters, as it is sent (RFC 5321, 4.5.3.1.3, less the brackets).
    public static final int LENGTH_MAX = 254;

    /// RFC 5321, 4.5.3.1.1.
    private static final int LOCAL_PART_MAX = 64;

    /// RFC 1035, 2.3.4, less the root's dot.
    private static final int DOMAIN_MAX = 253;

    /// RFC 5321's `Dot-string`.
    private static final Pattern LOCAL_PART =
            Pattern.compile("[\\w!#$%&'*+/=?^`{|}~-]+(?:\\.[\\w!#$%&'*+/=?^`{|}~-]+)*");

    /// A letter-digit-hyphen label of a host's name (RFC 1123, 2.1).
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    /// At least two labels, the last of them not a number.
    private static final Pattern NAME =
            Pattern.compile("(?:" + LABEL + "\\.)+(?![0-9]+\\z)" + LABEL);

    /// The address as mail is sent to it, in ASCII: what was written, with the labels of an
    /// internationalised domain in their `xn--` form. Empty if mail cannot be sent to it, or if it
    /// is not certain to whom.
    ///
    /// What is sent to is a name with at least one dot and a local part of ASCII letters, digits
    /// and ``!#$%&'*+/=?^_`{|}~-``, with single dots between them. Not sent to, although standards
    /// know them: local parts in quotes or beyond ASCII, which few servers take and which libraries
    /// rewrite on the way; addresses of hosts in brackets; names without a dot, which mean
    /// something else in every network.
    ///
    /// A label beyond ASCII is taken if IDNA 2003 and 2008 read it alike: apart from upper case it
    /// has to be what its `xn--` form says. So `straße`, which one of them makes `strasse`, has to
    /// be written as the `xn--` form that is meant; full-width letters and dots, or characters that
    /// cannot be seen, are refused.
    public Optional<EmailAddress> deliverable() {
        int at = value.lastIndexOf('@');
        if (value.length() > 2 * LENGTH_MAX
                || at < 0
                || at > LOCAL_PART_MAX
                || !LOCAL_PART.matcher(value.substring(0, at)).matches()) {
            return Optional.empty();
        }
        return domain(value.substring(at + 1))
                .map(domain -> value.substring(0, at + 1) + domain)
                .filter(address -> address.length() <= LENGTH_MAX)
                .map(EmailAddress::new);
    }

    private static Optional<String> domain(String written) {
        if (written.length() > 2 * DOMAIN_MAX) {
            return Optional.empty();
        }
        String name =
                Arrays.stream(written.split("\\.", -1))
                        .map(EmailAddress::asciiLabel)
                        .collect(Collectors.joining("."));
        boolean isName = name.length() <= DOMAIN_MAX && NAME.matcher(name).matches();
        return isName ? Optional.of(name) : Optional.empty();
    }

    /// @return what is no label if there is none
    private static String asciiLabel(String label) {
        if (label.matches(LABEL)) {
            return label;
        }
        try {
            String ascii = IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES);
            boolean isAlike =
                    ascii.startsWith("xn--")
                            && IDN.toUnicode(ascii, IDN.USE_STD3_ASCII_RULES)
                                    .equals(label.toLowerCase(Locale.ROOT));
            return isAlike ? ascii : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /// The first character, and the domain if there is one, e.g. `a***@example.test`: enough for
    /// its owner and for support to recognise the address, and not enough to use it. On one line.
    public String masked() {
        int at = value.lastIndexOf('@');
        String domain = at < 0 ? "" : domain(value.substring(at + 1)).map("@"::concat).orElse("");
        return this + domain;
    }

    /// No more than the first character, e.g. `a***`: what a record around it shows to a log. On
    /// one line.
    @Override
    public String toString() {
        boolean hasFirst = !value.isEmpty() && value.lastIndexOf('@') != 0;
        String first = hasFirst ? value.substring(0, value.offsetByCodePoints(0, 1)) : "";
        return first.replaceAll("\\p{Cntrl}", "?") + "***";
    }
}
