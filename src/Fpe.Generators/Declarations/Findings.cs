using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Declarations;

/// <summary>The findings of the parser about a model.</summary>
internal sealed class Findings
{
    private readonly List<Finding> all = [];

    /// <summary>Whether no model can be emitted because of an error, including those that the compiler reports itself.</summary>
    public bool IsBroken { get; private set; }

    public IReadOnlyList<Finding> All => all;

    /// <summary>Records an error that the compiler already reports, such as an argument that is not constant.</summary>
    public void MarkBroken() => IsBroken = true;

    public void Add(DiagnosticDescriptor rule, Location location, params object[] arguments) =>
        Add(rule, location, null, null, arguments);

    /// <summary>Adds a finding with data for a code fix.</summary>
    public void AddFixable(
        DiagnosticDescriptor rule, Location location, string fixKey, object fixValue, params object[] arguments) =>
        Add(rule, location, fixKey, Invariant(fixValue), arguments);

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture);

    private void Add(DiagnosticDescriptor rule, Location location, string? fixKey, string? fixValue, object[] arguments)
    {
        var finding = new Finding(rule, location, fixKey, fixValue, arguments.Select(Invariant).ToValueList());
        IsBroken |= finding.IsError;
        all.Add(finding);
    }
}
