using System;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing;

/// <summary>What the parser has to say about a model. The analyzer reports it; the generator only asks whether it is broken.</summary>
internal sealed class Findings
{
    private readonly ImmutableArray<Diagnostic>.Builder diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    /// <summary>Whether no model can be emitted: there was an error, here or one that the compiler reports itself.</summary>
    public bool IsBroken { get; private set; }

    public ImmutableArray<Diagnostic> Diagnostics => diagnostics.ToImmutable();

    /// <summary>Notes something that the compiler already reports, such as an argument that is not constant.</summary>
    public void MarkBroken() => IsBroken = true;

    public void Add(DiagnosticDescriptor rule, Location location, params object[] arguments) =>
        Add(rule, location, ImmutableDictionary<string, string?>.Empty, arguments);

    /// <summary>Adds a finding that a code fix can act on.</summary>
    public void AddFixable(
        DiagnosticDescriptor rule, Location location, string fixKey, object fixValue, params object[] arguments) =>
        Add(rule, location, ImmutableDictionary<string, string?>.Empty.Add(fixKey, Invariant(fixValue)), arguments);

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture);

    private void Add(
        DiagnosticDescriptor rule, Location location, ImmutableDictionary<string, string?> properties, object[] arguments)
    {
        IsBroken |= rule.DefaultSeverity == DiagnosticSeverity.Error;
        diagnostics.Add(Diagnostic.Create(rule, location, properties, Array.ConvertAll(arguments, Invariant)));
    }
}
