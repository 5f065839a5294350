package dev.quipu.sandbox;

class WarmSandboxTest extends SandboxContract {
    @Override
    String backend() {
        return "warm";
    }
}
