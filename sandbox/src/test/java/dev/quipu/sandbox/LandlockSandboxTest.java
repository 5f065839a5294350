package dev.quipu.sandbox;

class LandlockSandboxTest extends SandboxContract {
    @Override
    String backend() {
        return "landlock";
    }
}
