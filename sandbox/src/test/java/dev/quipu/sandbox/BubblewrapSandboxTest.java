package dev.quipu.sandbox;

class BubblewrapSandboxTest extends SandboxContract {
    @Override
    String backend() {
        return "bubblewrap";
    }
}
