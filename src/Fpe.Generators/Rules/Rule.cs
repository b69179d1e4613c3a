using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Builds descriptors; the help link follows from the id.</summary>
internal static class Rule
{
    private const string HelpFolder = "https://github.com/fpe-net/fpe/blob/main/docs/diagnostics/";

    /// <summary>
    /// A model that cannot be built. It cannot be configured away: the members emitted for such a model throw.
    /// </summary>
    public static DiagnosticDescriptor Error(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A model that can be built, but most likely not the one that was meant.</summary>
    public static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Create(
        string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, "Fpe", severity, isEnabledByDefault: true, description: null, HelpFolder + id + ".md", tags);
}
