package io.eventshop.testkit.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

final class KnowOwnPackageAnd extends ArchCondition<JavaClass> {

    private final DescribedPredicate<JavaClass> others;

    KnowOwnPackageAnd(String... packages) {
        super("know their own package and " + String.join(", ", packages));
        others = JavaClass.Predicates.resideInAnyPackage(packages);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            var target = dependency.getTargetClass().getBaseComponentType();
            boolean own = target.getPackageName().equals(type.getPackageName());
            if (!own && !target.isPrimitive() && !others.test(target)) {
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
            }
        }
    }
}
