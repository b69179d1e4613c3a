using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on the bytes of a model in generated C.</summary>
internal static class ByteRules
{
    public static readonly DiagnosticDescriptor TablesExceeded = Rule.Error(
        "FPE0079",
        "The model takes more bytes than its budget",
        "{0}: in C with {1}, the tables take {2} bytes, {3} more than the budget of {4}; the largest layer is {5} with {6}; {7}");

    public static readonly DiagnosticDescriptor ScratchExceeded = Rule.Error(
        "FPE0080",
        "A prediction needs more memory than its budget",
        "{0}: in C with {1}, a prediction needs {2} bytes of scratch memory, {3} more than the budget of {4}; {5}");

    public static readonly DiagnosticDescriptor NotInC = Rule.Error(
        "FPE0081",
        "A budget of bytes is for models that generated C can hold",
        "{0}: {1}; {2}");
}
