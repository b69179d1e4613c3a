using Fpe.Generators.Tests.Support;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>Names of emitted files and fields, which must not meet others.</summary>
public sealed class EmittedNames
{
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    [Theory]
    [InlineData("[Model(64)] public partial class Net { " + Logits + " }", "Net.g.cs")]
    [InlineData("namespace Samples.Deep; [Model(64)] public partial class Net { " + Logits + " }", "Samples.Deep.Net.g.cs")]
    [InlineData("namespace Samples; public partial struct Outer { [Model(64)] public partial class Net<T> { " + Logits + " } }", "Samples.Outer+Net`1.g.cs")]
    [InlineData("namespace Samples { [Model(64)] public partial class Net { " + Logits + " } public class NET; }", "Samples.Net-69e62579.g.cs")]
    [InlineData("namespace Samples { [Model(64)] public partial class Net { " + Logits + " } } namespace SAMPLES { public class Other; }", "Samples.Net-69e62579.g.cs")]
    [InlineData("namespace Samples { [Model(64)] public partial class Net { " + Logits + " } public class Net<T>; }", "Samples.Net.g.cs")]
    public void Files_are_named_after_their_class(string source, string expected)
    {
        // the hash is FNV-1a of the name without it
        Assert.Equal(expected, Generate(source).Result.GeneratedSources.Single().HintName);
    }

    [Theory]
    [InlineData(250, 255, false)]
    [InlineData(251, 255, true)]
    [InlineData(400, 255, true)]
    public void Names_are_as_long_as_files_can_have(int letters, int length, bool isCut)
    {
        string name = new('n', letters);
        string hint = Generate($"[Model(64)] public partial class {name} {{ {Logits} }}").Result.GeneratedSources.Single().HintName;
        Assert.Equal(length, hint.Length);
        Assert.Matches(isCut ? "^n+-[0-9a-f]{8}.g.cs$" : "^n+.g.cs$", hint);
    }

    [Theory]
    [InlineData("weights", "Weights", "weights2")]
    [InlineData("Net<weights>", "Weights", "weights2")]
    [InlineData("Net", "Class", "@class")]
    [InlineData("Net", "Hidden", "hidden")]
    public void Fields_have_names_that_nothing_else_has(string type, string layer, string field)
    {
        GeneratedProject project = Generate($"[Model(64)] public partial class {type} {{ [Linear(4), Relu] public partial Linear {layer} {{ get; }} {Logits} }}");
        Assert.Empty(project.Problems);
        Assert.Contains($" {field};", project.Result.GeneratedSources.Single().SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_do_not_have_the_names_of_constants()
    {
        GeneratedProject project = Generate($"[Model(64)] public partial class Net {{ [Linear(4), Relu] public partial Linear first {{ get; }} [Linear(4), Relu] public partial Linear FirstDenseWeights {{ get; }} {Logits} }}");
        Assert.Empty(project.Problems);
        Assert.Contains(" firstDenseWeights2;", project.Result.GeneratedSources.Single().SourceText.ToString(), StringComparison.Ordinal);
    }

    private static GeneratedProject Generate(string source) => TestProject.Generate(TestProject.Compile("#pragma warning disable CS1591, CS8981\nusing Fpe;\n" + source));
}
