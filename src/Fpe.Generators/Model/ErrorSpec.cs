using Microsoft.CodeAnalysis.Text;

namespace Fpe.Generators.Model;

/// <summary>An error that consists of values only: its location is restored in each compilation, and keeps none of them alive.</summary>
/// <param name="RuleId">The id of the rule.</param>
/// <param name="File">The index of the file in the compilation; −1 for an error without a location.</param>
/// <param name="Span">The location in the file.</param>
/// <param name="FixKey">The key of the data for the code fix; null if there is no fix.</param>
/// <param name="FixValue">The value of the data for the code fix.</param>
/// <param name="Arguments">The arguments of the message.</param>
internal sealed record ErrorSpec(
    string RuleId, int File, TextSpan Span, string? FixKey, string? FixValue, ValueList<string> Arguments);
