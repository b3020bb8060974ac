package io.highlyavailable.operator.gitops;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A suite that needs Argo CD, and is skipped unless it is asked for. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = "argocd",
    matches = "true",
    disabledReason = "Argo CD takes 10 to 35 minutes to build: give -Dargocd=true")
@interface OnDemand {}
