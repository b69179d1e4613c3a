using System.Collections.Immutable;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Architecture.Tests;

/// <summary>A project of src, compiled in memory as its project file says.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="RootNamespace">The namespace of the files in that folder.</param>
/// <param name="Compilation">All its files, with those it shares.</param>
/// <param name="References">The projects that it sees, also through others.</param>
internal sealed record SourceProject(string Name, string RootNamespace, CSharpCompilation Compilation, ImmutableHashSet<SourceProject> References)
{
    private const string Dsl = "../Fpe.Dsl/Fpe.Dsl.csproj";

    private static readonly string[] ImplicitUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.None);

    private static readonly CSharpCompilationOptions Options =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    private static readonly ImmutableArray<MetadataReference> Packages =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>All projects of src.</summary>
    public static IReadOnlyCollection<SourceProject> All { get; } = LoadAll();

    /// <summary>The files of the project, without what the build adds.</summary>
    public IEnumerable<SyntaxTree> Files => Compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0);

    public bool Equals(SourceProject? other) => other?.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    private static Dictionary<string, SourceProject>.ValueCollection LoadAll()
    {
        var projects = new Dictionary<string, SourceProject>();
        foreach (string file in Directory.GetFiles(Repository.Sources, "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            Load(file, projects);
        return projects.Values;
    }

    private static SourceProject Load(string file, Dictionary<string, SourceProject> projects)
    {
        if (projects.TryGetValue(file, out SourceProject? known))
            return known;

        string folder = Path.GetDirectoryName(file)!;
        XElement project = XDocument.Load(file).Root!;
        XElement shared = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Root!;

        // Who sees the runtime sees the language as well (Directory.Build.targets).
        IEnumerable<SourceProject> named = Includes(project, "ProjectReference")
            .SelectMany(path => path.Contains("Fpe.Runtime", StringComparison.Ordinal) ? [path, Dsl] : new[] { path })
            .Select(path => Load(Path.GetFullPath(path, folder), projects));
        ImmutableHashSet<SourceProject> references = [.. named.SelectMany(reference => reference.References.Add(reference))];
        IEnumerable<string> files = Repository.Files(folder)
            .Concat(Includes(project, "Compile").SelectMany(pattern => Matches(pattern, folder)))
            .Concat(Includes(shared, "Compile").SelectMany(pattern => Matches(pattern, Repository.Root)));
        string name = Path.GetFileNameWithoutExtension(file);
        var compilation = CSharpCompilation.Create(
            name,
            [.. files.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), ParseOptions, path)), Additions(project)],
            [.. Packages, .. references.Select(reference => reference.Compilation.ToMetadataReference())],
            Options);
        return projects[file] = new SourceProject(name, project.Descendants("RootNamespace").Single().Value, compilation, references);
    }

    private static IEnumerable<string> Includes(XElement project, string item) => project.Descendants(item)
        .SelectMany(element => element.Attribute("Include")!.Value.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal).Split(';'));

    private static string[] Matches(string pattern, string folder)
    {
        string path = Path.GetFullPath(pattern, folder);
        return Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path));
    }

    /// <summary>What the build adds: the namespaces that every file uses, and the assemblies that see what is internal.</summary>
    private static SyntaxTree Additions(XElement project)
    {
        bool usesNone = project.Descendants("ImplicitUsings").Any(value => value.Value == "disable");
        IEnumerable<string> usings = (usesNone ? [] : ImplicitUsings).Select(name => $"global using {name};");
        IEnumerable<string> friends = Includes(project, "InternalsVisibleTo")
            .Select(name => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{name}\")]");
        return CSharpSyntaxTree.ParseText(string.Join('\n', usings.Concat(friends)), ParseOptions);
    }
}
