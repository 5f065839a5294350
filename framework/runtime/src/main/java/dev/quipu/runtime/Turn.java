package dev.quipu.runtime;

import dev.quipu.Answer;
import dev.quipu.Identity;
import java.time.Instant;

/**
 * One question of a conversation and what was answered.
 *
 * @param conversation the conversation it belongs to
 * @param sequence its place in the conversation, from 1, without gaps unless a stored record was damaged
 * @param at when the question was accepted
 * @param who who asked
 * @param question what was asked, as the guard let it through: composed Unicode without surrounding white space
 * @param answer what was answered
 */
public record Turn(String conversation, long sequence, Instant at, Identity who, String question, Answer answer) {}
