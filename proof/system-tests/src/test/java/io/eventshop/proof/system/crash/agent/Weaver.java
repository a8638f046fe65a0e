package io.eventshop.proof.system.crash.agent;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets methods of classes that are being loaded report to the [Tripwire] that they begin and that
/// they return. All methods of the name are woven, an end by an exception is not reported.
///
/// With the JDK's own class-file API, which every start has loaded anyway; a library for this would
/// cost each of the many starts half a second.
final class Weaver implements ClassFileTransformer {

    private static final ClassDesc TRIPWIRE = ClassDesc.of(Tripwire.class.getName());
    private static final MethodTypeDesc REPORT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);

    /// Names of methods by the internal names of their classes.
    private final Map<String, Set<String>> methods;

    /// @param steps each `class#method:before` or `class#method:after`
    Weaver(List<String> steps) {
        this.methods =
                steps.stream()
                        .map(step -> step.substring(0, step.indexOf(':')))
                        .collect(
                                groupingBy(
                                        method ->
                                                method.substring(0, method.indexOf('#'))
                                                        .replace('.', '/'),
                                        mapping(
                                                method -> method.substring(method.indexOf('#') + 1),
                                                toSet())));
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        Set<String> woven = name == null ? null : methods.get(name);
        if (name == null || woven == null) {
            return null;
        }
        try {
            return weave(loader, name.replace('/', '.'), woven, classFile);
        } catch (RuntimeException | Error e) {
            // Thrown on, it would be ignored, and the crash would never come.
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
            throw e;
        }
    }

    private static byte[] weave(
            @Nullable ClassLoader loader, String name, Set<String> methods, byte[] original) {
        var classFile = ClassFile.of(ClassHierarchyResolverOption.of(typesOf(loader)));
        var model = classFile.parse(original);
        requireAll(model, methods);
        ClassTransform weaving =
                (builder, element) -> {
                    if (element instanceof MethodModel method
                            && method.code().isPresent()
                            && methods.contains(method.methodName().stringValue())) {
                        var reports = new Reports(name + "#" + method.methodName().stringValue());
                        builder.transformMethod(method, MethodTransform.transformingCode(reports));
                    } else {
                        builder.with(element);
                    }
                };
        return classFile.transformClass(model, weaving);
    }

    private static ClassHierarchyResolver typesOf(@Nullable ClassLoader loader) {
        var known = ClassHierarchyResolver.defaultResolver();
        return loader == null
                ? known
                : ClassHierarchyResolver.ofResourceParsing(loader).orElse(known);
    }

    private static void requireAll(ClassModel model, Set<String> methods) {
        var there =
                model.methods().stream()
                        .map(method -> method.methodName().stringValue())
                        .collect(toSet());
        if (!there.containsAll(methods)) {
            throw new IllegalStateException(
                    "not all of %s are methods of %s"
                            .formatted(methods, model.thisClass().asInternalName()));
        }
    }

    /// One method with its reports.
    private record Reports(String method) implements CodeTransform {

        @Override
        public void atStart(CodeBuilder code) {
            report(code, ":before");
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof ReturnInstruction) {
                report(code, ":after");
            }
            code.with(element);
        }

        private void report(CodeBuilder code, String edge) {
            code.loadConstant(method + edge).invokestatic(TRIPWIRE, "passed", REPORT);
        }
    }
}
