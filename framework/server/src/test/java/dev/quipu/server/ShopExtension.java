package dev.quipu.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the shop; it is started once for all classes. */
final class ShopExtension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ShopServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ShopExtension.class))
                .computeIfAbsent(ShopServer.class, type -> start(), ShopServer.class);
    }

    private static ShopServer start() {
        try {
            return new ShopServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
