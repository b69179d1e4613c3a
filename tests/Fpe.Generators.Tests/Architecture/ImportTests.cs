using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Fpe.Generators.Tests.Architecture;

/// <summary>The modules of the generator import each other in one direction only.</summary>
public sealed class ImportTests
{
    /// <summary>Each module may use those before it.</summary>
    private static readonly string[] Modules = ["Rules", "Naming", "Model", "Declarations", "Kinds", "Checks", "Parsing", "Emit"];

    /// <summary>What comes before a module and is still none of its business.</summary>
    private static readonly (string Module, string Other)[] Strangers = [("Emit", "Parsing"), ("Emit", "Checks"), ("Emit", "Declarations"), ("Checks", "Model")];

    [Fact]
    public void Every_folder_is_a_module() => Assert.Equal(
        Modules.Order(),
        Directory.GetDirectories(Generator()).Select(folder => Path.GetFileName(folder)!).Except(["bin", "obj", "Polyfills"]).Order());

    [Fact]
    public void Modules_use_those_before_them()
    {
        foreach (string module in Modules)
        {
            IEnumerable<string> allowed = Modules.TakeWhile(other => other != module)
                .Except(Strangers.Where(stranger => stranger.Module == module).Select(stranger => stranger.Other));
            foreach (string file in Directory.GetFiles(Path.Combine(Generator(), module), "*.cs"))
            {
                string text = File.ReadAllText(file);
                Assert.Matches($@"\nnamespace Fpe\.Generators\.{module};", "\n" + text);
                IEnumerable<string> used = Regex.Matches(text, @"\bFpe\.Generators\.(\w+);").Select(match => match.Groups[1].Value).Except([module]);
                Assert.True(!used.Except(allowed).Any(), $"{module}/{Path.GetFileName(file)} uses {string.Join(", ", used.Except(allowed))}.");
            }
        }
    }

    private static string Generator([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "src", "Fpe.Generators"));
}
