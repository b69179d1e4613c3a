using System.Collections.Immutable;
using System.Linq;
using Fpe.Generators.Model;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Declarations;

/// <summary>
/// A problem with a class and its location. Errors are reported by the generator, because it emits no model in that case and the compiler
/// skips analyzers if there are errors in declarations. Warnings are reported by the analyzer.
/// </summary>
internal sealed record Finding(
    DiagnosticDescriptor Rule, Location Location, string? FixKey, string? FixValue, ValueList<string> Arguments)
{
    public bool IsError => Rule.DefaultSeverity == DiagnosticSeverity.Error;

    /// <summary>Restores the location of an error in the compilation in which it was found.</summary>
    public static Finding Of(ErrorSpec error, CSharpCompilation compilation) => new(
        AllRules.Descriptors.First(rule => rule.Id == error.RuleId),
        error.File < 0 ? Location.None : Location.Create(compilation.SyntaxTrees[error.File], error.Span),
        error.FixKey,
        error.FixValue,
        error.Arguments);

    public ErrorSpec ToSpec(CSharpCompilation compilation) => new(
        Rule.Id,
        Location.SourceTree is { } tree ? compilation.SyntaxTrees.IndexOf(tree) : -1,
        Location.SourceSpan,
        FixKey,
        FixValue,
        Arguments);

    public Diagnostic ToDiagnostic()
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        return Diagnostic.Create(
            Rule, Location, FixKey is null ? properties : properties.Add(FixKey, FixValue), [.. Arguments]);
    }
}
