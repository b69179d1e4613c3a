using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Creates descriptors; the help link is derived from the id.</summary>
internal static class Rule
{
    private const string HelpFolder = "https://github.com/fpe-net/fpe/blob/main/docs/diagnostics/";

    /// <summary>
    /// Creates a rule for a model that cannot be built. It cannot be suppressed, because the members emitted for such a model throw.
    /// </summary>
    public static DiagnosticDescriptor Error(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Creates a rule for a model that can be built but is most likely not what was intended.</summary>
    public static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Warning);

    /// <summary>Creates a rule for a model that is as intended, but could be better.</summary>
    public static DiagnosticDescriptor Information(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Create(
        string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, "Fpe", severity, isEnabledByDefault: true, description: null, HelpFolder + id + ".md", tags);
}
