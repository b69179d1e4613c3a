using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Architecture.Tests;

/// <summary>The order of imports, which neither the compiler nor <c>dotnet format whitespace</c> looks at.</summary>
public class ImportTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("samples")]
    [InlineData("tests")]
    [InlineData("templates")]
    public void Imports_are_sorted_with_those_of_System_first(string folder)
    {
        var unsorted = new List<string>();
        foreach (string file in Repository.Files(Path.Combine(Repository.Root, folder)))
        {
            CompilationUnitSyntax unit = CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetCompilationUnitRoot();
            string[] names = [.. unit.Usings.Where(import => import.Alias is null && import.StaticKeyword.Text.Length == 0).Select(import => import.NamespaceOrType.ToString())];
            string[] sorted = [.. names.OrderBy(name => name == "System" || name.StartsWith("System.", StringComparison.Ordinal) ? 0 : 1).ThenBy(name => name, StringComparer.OrdinalIgnoreCase)];
            if (!names.SequenceEqual(sorted))
                unsorted.Add($"{Repository.NameOf(file)}: {string.Join(", ", names)}; sorted: {string.Join(", ", sorted)}");
        }

        Assert.Empty(unsorted);
    }
}
