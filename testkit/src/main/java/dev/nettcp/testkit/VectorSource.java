package dev.nettcp.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Runs a parameterized test once per {@link Row} of the named files of vectors, each under its id. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(VectorSource.Provider.class)
public @interface VectorSource {

    /** Names of files without ending, {@code "framing"}. */
    String[] value();

    /** Reads the rows. */
    final class Provider implements ArgumentsProvider, AnnotationConsumer<VectorSource> {

        private String[] files = {};

        @Override
        public void accept(VectorSource source) {
            files = source.value();
        }

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return Stream.of(files)
                    .flatMap(file -> Vectors.rows(file).stream())
                    .map(row -> Arguments.argumentSet(row.toString(), row));
        }
    }
}
