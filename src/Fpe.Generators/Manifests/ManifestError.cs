using System.Linq;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Fpe.Generators.Manifests;

/// <summary>An error about a manifest that consists of values only: its place in a class is found in each compilation.</summary>
/// <param name="RuleId">The id of the rule.</param>
/// <param name="ClassName">The full name in metadata of the class where it is reported; null if it is reported in the file.</param>
/// <param name="Member">The property where it is reported; null for the class itself.</param>
/// <param name="Path">The file where it is reported; null if it is reported in a class.</param>
/// <param name="Line">The index of the line in the file.</param>
/// <param name="Arguments">The arguments of the message.</param>
internal sealed record ManifestError(string RuleId, string? ClassName, string? Member, string? Path, int Line, ValueList<string> Arguments)
{
    public static ManifestError InClass(DiagnosticDescriptor rule, string className, string? member, params string[] arguments) =>
        new(rule.Id, className, member, Path: null, Line: 0, arguments.ToValueList());

    public static ManifestError InFile(DiagnosticDescriptor rule, string path, int line, params string[] arguments) =>
        new(rule.Id, ClassName: null, Member: null, path, line, arguments.ToValueList());

    public Diagnostic ToDiagnostic(CSharpCompilation compilation) => Diagnostic.Create(
        AllRules.Descriptors.First(rule => rule.Id == RuleId), ClassName is null ? PlaceInFile() : PlaceInClass(compilation, ClassName), [.. Arguments]);

    private Location PlaceInFile() => Path is null
        ? Location.None
        : Location.Create(Path, default, new LinePositionSpan(new LinePosition(Line, 0), new LinePosition(Line + 1, 0)));

    private Location PlaceInClass(CSharpCompilation compilation, string className)
    {
        INamedTypeSymbol? type = compilation.Assembly.GetTypeByMetadataName(className);
        ISymbol? place = Member is null ? type : type?.GetMembers(Member).FirstOrDefault() ?? type;
        return place?.Locations.FirstOrDefault() ?? Location.None;
    }
}
