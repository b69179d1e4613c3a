using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on inputs, tokens and sequences, and on the layers that read them.</summary>
internal static class SequenceRules
{
    public static readonly DiagnosticDescriptor NeedsTokens = Rule.Error(
        "FPE0067",
        "The layer reads tokens",
        "{0}: {1} layer reads tokens, but its input is {2}; declare tokens with [Model(tokens: …, vocabulary: …)] or "
        + "[Input(tokens: …, vocabulary: …)], and read them");

    public static readonly DiagnosticDescriptor NeedsNumbers = Rule.Error(
        "FPE0068",
        "The layer cannot read tokens",
        "{0}: {1} layer reads numbers, but its input is {2}; read them with [Embedding] or [EmbeddingBag] first");

    public static readonly DiagnosticDescriptor NeedsSequence = Rule.Error(
        "FPE0069",
        "The layer reads a sequence",
        "{0}: {1} layer reads a sequence, but its input is {2}; read the value of an Embedding layer, or of a layer after it{3}");

    public static readonly DiagnosticDescriptor Heads = Rule.Error(
        "FPE0070",
        "The heads of attention must divide its units",
        "{0}: {1}; {2}");

    public static readonly DiagnosticDescriptor TableTooLarge = Rule.Error(
        "FPE0071",
        "A table of tokens is too large",
        "{0}: {1}, but the maximum is {2}; {3}");

    public static readonly DiagnosticDescriptor Inputs = Rule.Error(
        "FPE0072",
        "A sample is declared either by Model or by Input properties",
        "{0}: {1}; {2}");
}
