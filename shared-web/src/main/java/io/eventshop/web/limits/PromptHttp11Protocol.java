package io.eventshop.web.limits;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/// Tomcat's HTTP/1.1, with one deadline for receiving a request, see [PromptHttp11Processor]. Made
/// by Tomcat, by its class name.
public final class PromptHttp11Protocol extends Http11NioProtocol {

    @Override
    protected Processor createProcessor() {
        return new PromptHttp11Processor(this, getAdapter());
    }
}
