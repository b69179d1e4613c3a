using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Architecture.Tests;

/// <summary>The modules of src are those of docs/architecture.md, and use each other as it says.</summary>
public sealed class ModuleTests(Usage usage) : IClassFixture<Usage>
{
    [Fact]
    public void Every_name_is_understood() => Assert.True(usage.Unbound.IsEmpty, string.Join('\n', usage.Unbound));

    [Fact]
    public void Every_module_has_files()
    {
        IEnumerable<string> used = Repository.Files(Repository.Sources).Select(file => Module.Of(file).Name).Distinct();
        Assert.Equal(ArchitectureDocument.Modules.Select(module => module.Name).Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Modules_use_what_the_table_lists()
    {
        HashSet<(string, string)> listed = [.. Listed(), .. ArchitectureDocument.Untangled];
        ModuleUse[] unlisted = [.. usage.Uses.Where(use => !listed.Contains((use.Module, use.Used)))];
        Assert.True(unlisted.Length == 0, $"docs/architecture.md does not list:\n{string.Join('\n', unlisted.AsEnumerable())}");
    }

    [Fact]
    public void What_the_table_lists_is_used()
    {
        HashSet<(string, string)> used = [.. usage.Uses.Select(use => (use.Module, use.Used))];
        (string Module, string Used)[] unused = [.. Listed().Concat(ArchitectureDocument.Untangled).Where(pair => !used.Contains(pair))];
        Assert.True(unused.Length == 0, $"docs/architecture.md lists what is not used:\n{string.Join('\n', unused.Select(pair => $"{pair.Module} → {pair.Used}"))}");
    }

    /// <summary>So there are no circles.</summary>
    [Fact]
    public void Modules_use_those_before_them()
    {
        string[] order = [.. ArchitectureDocument.Modules.Select(module => module.Name)];
        Assert.All(Listed(), pair => Assert.True(IsBefore(pair.Used, pair.Module), $"{pair.Module} may not use {pair.Used}, which is no row above it."));
        Assert.All(ArchitectureDocument.Untangled, pair => Assert.True(
            IsBefore(pair.Module, pair.Used), $"{pair.Module} → {pair.Used} makes no circle; move it to the table of modules."));
        bool IsBefore(string first, string second) => Array.IndexOf(order, first) is >= 0 and var position && position < Array.IndexOf(order, second);
    }

    [Fact]
    public void There_are_no_circles() => Assert.Empty(ArchitectureDocument.Untangled);

    [Fact]
    public void Namespaces_are_folders()
    {
        Assert.Empty(ArchitectureDocument.Namespaces.Keys.Except(ArchitectureDocument.Modules.Select(module => module.Name)));
        Dictionary<string, string> roots = SourceProject.All.ToDictionary(project => project.Name, project => project.RootNamespace);
        ILookup<string, string> found = SourceProject.All.SelectMany(project => project.Files)
            .ToLookup(tree => Module.Of(tree.FilePath).Name, NamespaceOf);
        Assert.All(ArchitectureDocument.Modules, module =>
        {
            string[] folders = module.Name.Split('/');
            string[] expected = ArchitectureDocument.Namespaces.TryGetValue(module.Name, out IReadOnlyList<string>? listed)
                ? [.. listed]
                : [string.Join('.', folders.Skip(1).Prepend(roots[folders[0]]))];
            Assert.True(
                expected.ToHashSet().SetEquals(found[module.Name]),
                $"{module.Name} has files in {string.Join(", ", found[module.Name].Distinct())}; docs/architecture.md says {string.Join(", ", expected)}.");
        });
    }

    private static IEnumerable<(string Module, string Used)> Listed() =>
        ArchitectureDocument.Modules.SelectMany(module => module.MayUse.Select(used => (module.Name, used)));

    private static string NamespaceOf(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Single().Name.ToString();
}
