package io.eventshop.web.limits;

import io.eventshop.web.paging.PageSize;
import io.eventshop.web.problem.CommonProblem;
import io.eventshop.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Takes no query parameter for what it is not. Spring is kinder: it takes a blank status or id for
/// none, and so a list that was to be narrowed is a list of everything; it trims; `1-1-1-1-1` is a
/// UUID, and `0x5` a number.
final class ExactParameters implements HandlerInterceptor {

    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,8})");

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            for (MethodParameter parameter : method.getMethodParameters()) {
                if (parameter.hasParameterAnnotation(RequestParam.class)) {
                    check(parameter, request);
                }
            }
        }
        return true;
    }

    private static void check(MethodParameter parameter, HttpServletRequest request) {
        String name = parameter.getParameter().getName();
        String[] values = request.getParameterValues(name);
        // Given twice, it is taken for neither.
        if (values == null || isExact(String.join(",", values), parameter.getParameterType())) {
            return;
        }
        var size = parameter.getParameterAnnotation(PageSize.class);
        String detail = size == null ? "is not of the type that is asked for" : size.message();
        throw Problem.of(CommonProblem.INVALID_PARAMETER).parameter(name, detail);
    }

    private static boolean isExact(String value, Class<?> type) {
        if (type.equals(UUID.class)) {
            return ID.matcher(value).matches();
        }
        if (type.equals(int.class)) {
            return NUMBER.matcher(value).matches();
        }
        return !type.isEnum()
                || Arrays.stream(type.getEnumConstants())
                        .anyMatch(constant -> ((Enum<?>) constant).name().equals(value));
    }
}
