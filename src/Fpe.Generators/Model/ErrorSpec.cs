using Microsoft.CodeAnalysis.Text;

namespace Fpe.Generators.Model;

/// <summary>An error in values only: its place is found anew in every compilation, and keeps none of them alive.</summary>
/// <param name="RuleId">Which rule.</param>
/// <param name="File">Index of the file in the compilation; −1 for an error without a place.</param>
/// <param name="Span">Where in the file.</param>
/// <param name="FixKey">What a code fix is told: the key; null if there is no fix.</param>
/// <param name="FixValue">What a code fix is told: the value.</param>
/// <param name="Arguments">What the message inserts.</param>
internal sealed record ErrorSpec(
    string RuleId, int File, TextSpan Span, string? FixKey, string? FixValue, ValueList<string> Arguments);
