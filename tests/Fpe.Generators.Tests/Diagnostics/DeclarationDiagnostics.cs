using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis.CSharp;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

public sealed class DeclarationDiagnostics
{
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    [Fact]
    public Task Code_that_uses_a_broken_model_is_not_blamed() => Reports(
        """
        [Model(64)] public sealed partial class Net { [Linear(0)] public partial Linear Logits { get; } }
        public static class Program
        {
            public static float Use(float[] sample)
            {
                using var net = new Net(seed: 1);
                net.Forward(sample, new float[Net.OutputCount]);
                return net.Forward(sample)[0] + net.Predict(sample) + net.Logits.OutputCount + Net.InputCount + Net.DenseWeights + Net.ExpandedWeights;
            }
        }
        """,
        new Expected("FPE0010", "0", "Net.Logits: the number of neurons must be at least 1, but is 0"));

    /// <summary>The constants of its shape are integers, as those of a model without errors.</summary>
    [Theory]
    [InlineData("Model(64)", "", "Net.InputCount + Net.OutputCount")]
    [InlineData("Model(1, 8, 8)", "[Flatten] public partial Flatten Features { get; }", "Net.InputChannels * Net.InputHeight * Net.InputWidth")]
    public Task Code_that_counts_with_the_shape_of_a_broken_model_is_not_blamed(string model, string features, string sum) => Reports(
        Net($"[{model}]", features, "[Linear(0)] public partial Linear Logits { get; }")
            + $"public static class Program {{ public static int Use() {{ var size = {sum}; return size; }} }}",
        new Expected("FPE0010", "0", "Net.Logits: the number of neurons must be at least 1, but is 0"));

    [Fact]
    public void Two_errors_leave_a_model_whose_members_only_throw() => Assert.Contains(
        "This model has errors, so its members only throw.",
        Assert.Single(TestProject.Generate(TestProject.Compile(
            $"using Fpe; {Net("[Model(64)]", "[Dropout(1)] public partial Dropout First { get; }", "[Dropout(2)] public partial Dropout Second { get; }", Logits)}")).Result.GeneratedSources).SourceText.ToString(),
        StringComparison.Ordinal);

    [Fact]
    public Task FPE0001_class_not_partial() => Reports(
        "[Model(64)] public sealed class Net { [Linear(10)] public partial Linear Logits { get; } }",
        ["CS0751", "CS9248"],
        new Expected("FPE0001", "Net", "Net: the class Net is not partial, so the generated members cannot be added; declare it as 'partial class Net'"));

    [Fact]
    public Task FPE0001_containing_types_not_partial() => Reports(
        "public struct Outer { public interface IMiddle { [Model(64)] public sealed partial class Net { [Linear(10)] public partial Linear Logits { get; } } } }",
        ["CS9248"],
        new Expected("FPE0001", "Outer", "Net: the containing struct Outer is not partial, so the generated members cannot be added; declare it as 'partial struct Outer'"),
        new Expected("FPE0001", "IMiddle", "Net: the containing interface IMiddle is not partial, so the generated members cannot be added; declare it as 'partial interface IMiddle'"));

    [Theory]
    [InlineData("public abstract partial class Net", "an abstract class; remove 'abstract'")]
    [InlineData("public sealed partial class Net : System.Exception", "derived from Exception; remove the base class, because models derive from Fpe.Model")]
    [InlineData("public sealed partial record Net", "a record; declare it as a class")]
    [InlineData("public sealed partial class Net(int size)", "a class with a primary constructor; use an ordinary constructor that calls 'this(seed)'", "CS9113")]
    public Task FPE0002_unsupported_class(string declaration, string message, params string[] compilerIds) => Reports(
        $"[Model(64)] {declaration} {{ {Logits} }}",
        compilerIds,
        new Expected("FPE0002", "Net", "Net: a model cannot be " + message));

    [Fact]
    public Task FPE0002_primary_constructor_of_one_part() => Reports(
        $"[Model(64)] public sealed partial class Net {{ {Logits} }} public sealed partial class Net(int size) {{ public int Size => size; }}",
        new Expected("FPE0002", "Net", "Net: a model cannot be a class with a primary constructor; use an ordinary constructor that calls 'this(seed)'"));

    [Fact]
    public Task FPE0002_static_class() => Reports(
        $"[Model(64)] public static partial class Net {{ {Logits} }}",
        ["CS0708", "CS9248"],
        new Expected("FPE0002", "Net", "Net: a model cannot be a static class; remove 'static'"));

    [Fact]
    public Task FPE0002_file_local_class() => Reports(
        $"[Model(64)] file partial class Net {{ {Logits} }}",
        ["CS9248"],
        new Expected("FPE0002", "Net", "Net: a model cannot be a file-local class; remove 'file'"));

    [Fact]
    public Task FPE0002_inside_a_file_local_class() => Reports(
        $"file partial class Outer {{ [Model(64)] public partial class Net {{ {Logits} }} }}",
        ["CS9248"],
        new Expected("FPE0002", "Net", "Net: a model cannot be nested in the file-local type Outer; remove 'file' there"));

    [Fact]
    public Task FPE0003_property_not_partial() => Reports(
        Net("[Model(64)]", "[Linear(10)] public Linear Logits { get; } = null!;"),
        new Expected("FPE0003", "Logits", "Net.Logits: a layer must be a partial property; declare it as 'public partial Linear Logits { get; }'"));

    [Theory]
    [InlineData("public partial Linear @class { get; set; }", "set", "has a setter")]
    [InlineData("public partial Linear @class { get; init; }", "init", "has an init accessor")]
    [InlineData("public partial Linear @class { get; private set; }", "set", "has a setter")]
    [InlineData("public static partial Linear @class { get; }", "static", "is static")]
    [InlineData("public required partial Linear @class { get; set; }", "required", "is required")]
    public Task FPE0004_property_not_get_only(string property, string squiggle, string problem) => Reports(
        Net("[Model(64)]", "[Linear(10)] " + property),
        new Expected("FPE0004", squiggle, $"Net.class: a layer must be an instance property with a getter only, but this one {problem}; declare it as 'public partial Linear @class {{ get; }}'"));

    [Fact]
    public Task FPE0004_property_with_an_implementation() => Reports(
        Net("[Model(64)]", Logits, "public partial Linear Logits => null!;"),
        new Expected("FPE0004", "public partial Linear Logits => null!;", "Net.Logits: a layer must be an instance property with a getter only, but this one has its own implementation; declare it as 'public partial Linear Logits { get; }'"));

    [Fact]
    public Task FPE0004_implementation_without_a_declaration() => Reports(
        Net("[Model(64)]", "[Linear(10)] public partial Linear Logits => null!;"),
        ["CS9249"],
        new Expected("FPE0004", "=> null!", "Net.Logits: a layer must be an instance property with a getter only, but this one has its own implementation; declare it as 'public partial Linear Logits { get; }'"));

    [Theory]
    [InlineData("get => null!;")]
    [InlineData("get { return null!; }")]
    public Task FPE0004_getter_with_a_body(string getter) => Reports(
        Net("[Model(64)]", $"[Linear(10)] public partial Linear Logits {{ {getter} }}"),
        ["CS9249"],
        new Expected("FPE0004", getter, "Net.Logits: a layer must be an instance property with a getter only, but this one has its own implementation; declare it as 'public partial Linear Logits { get; }'"));

    [Fact]
    public Task FPE0004_reference() => Reports(
        Net("[Model(64)]", "[Linear(10)] public partial ref Linear Logits { get; }"),
        ["CS9248"],
        new Expected("FPE0004", "ref", "Net.Logits: a layer must be an instance property with a getter only, but this one returns a reference; declare it as 'public partial Linear Logits { get; }'"));

    [Fact]
    public Task FPE0004_explicit_implementation() => Reports(
        "public interface IHas { Linear Logits { get; } }\n" + Net("[Model(64)]", "[Linear(10)] Linear IHas.Logits { get; }").Replace("class Net", "class Net : IHas", StringComparison.Ordinal),
        new Expected("FPE0004", "IHas.", "Net.Samples.IHas.Logits: a layer must be an instance property with a getter only, but this one implements an interface explicitly; declare it as 'public partial Linear Logits { get; }'"),
        new Expected("FPE0003", "Logits", "Net.Samples.IHas.Logits: a layer must be a partial property; declare it as 'public partial Linear Logits { get; }'"));

    [Fact]
    public Task FPE0004_indexer() => Reports(
        Net("[Model(64)]", "[Linear(10)] public partial Linear this[int index] { get; }"),
        ["CS9248"],
        new Expected("FPE0004", "this", "Net.this[]: a layer must be an instance property with a getter only, but this one is an indexer; declare it as 'public partial Linear Hidden { get; }'"));

    [Fact]
    public Task FPE0005_no_layers() => Reports(
        Net("[Model(64)]", "[Dropout(0.5)] public partial Dropout Drop { get; }"),
        new Expected("FPE0005", "Net", "Net: the model has no Linear layer; add its output layer, such as '[Linear(10)] public partial Linear Logits { get; }'"));

    [Fact]
    public Task FPE0006_language_version() => Reports(
        LanguageVersion.CSharp12,
        Net("[Model(64)]", Logits),
        new Expected("FPE0006", "Net", "Net: layers are partial properties, which require C# 13, but this project is compiled as C# 12.0; remove LangVersion, or set it to 14 (with 13, load models with ModelFile.Load<Net>(path))"));

    [Fact]
    public Task FPE0007_layers_in_two_parts() => Reports(
        Net("[Model(64)]", "[Linear(4)] public partial Linear Hidden { get; }") + Net(string.Empty, Logits),
        new Expected("FPE0007", "Logits", "Net.Logits: this layer and Net.Hidden are in different parts of the class, so their order is undefined; move all layers into one part"));

    [Fact]
    public Task FPE0007_is_reported_once() => Reports(
        Net("[Model(64)]", "[Linear(4), Relu] public partial Linear Hidden { get; }") + Net(string.Empty, "[Linear(4), Relu] public partial Linear Middle { get; }", Logits),
        new Expected("FPE0007", "Middle", "Net.Middle: this layer and Net.Hidden are in different parts of the class, so their order is undefined; move all layers into one part"));

    [Theory]
    [InlineData("[Linear(10)] public partial Dropout Logits { get; }", "Linear", "Dropout")]
    [InlineData("[Linear(10)] public partial Linear? Logits { get; }", "Linear", "Linear?")]
    [InlineData("[Linear(10)] public partial int Logits { get; }", "Linear", "int")]
    public Task FPE0008_type_of_the_property(string property, string layer, string type) => Reports(
        Net("[Model(64)]", property),
        new Expected("FPE0008", type, $"Net.Logits: a property with [{layer}] must have the type Fpe.{layer}, but its type is {type}; declare it as 'public partial {layer} Logits {{ get; }}'"));

    [Theory]
    [InlineData("Forward", "the generated method Forward")]
    [InlineData("DenseWeights", "the generated constant DenseWeights")]
    [InlineData("LogitsDenseWeights", "the generated constant LogitsDenseWeights")]
    [InlineData("Plan", "Fpe.Model.Plan")]
    [InlineData("LayerAt", "Fpe.Model.LayerAt")]
    [InlineData("ToString", "object.ToString", "CS0108")]
    public Task FPE0009_name_of_a_layer(string name, string taken, params string[] compilerIds) => Reports(
        Net("[Model(64)]", $"[Linear(4)] public partial Linear {name} {{ get; }}", Logits),
        compilerIds.Length > 0 ? compilerIds : name == "Plan" ? ["CS0108"] : [],
        new Expected("FPE0009", name, $"Net.{name}: the layer collides with {taken}; rename it"));

    [Theory]
    [InlineData("public const int InputCount = 3;", "InputCount", "a member", "the generated constant InputCount")]
    [InlineData("public int Predict(System.ReadOnlySpan<float> input) => 0;", "Predict", "a member", "the generated method Predict")]
    [InlineData("public void Forward(System.ReadOnlySpan<float> i, System.Span<float> o) { }", "Forward", "a member", "the generated method Forward")]
    public Task FPE0009_name_of_a_member(string member, string squiggle, string what, string taken) => Reports(
        Net("[Model(64)]", Logits, member),
        new Expected("FPE0009", squiggle, $"Net: {what} collides with {taken}; rename it"));

    [Fact]
    public Task FPE0009_constructor() => Reports(
        Net("[Model(64)]", Logits, "public Net(long seed) { }"),
        new Expected("FPE0009", "Net", "Net: a constructor collides with the generated one with the same parameters; change its parameters"));

    [Fact]
    public Task FPE0009_name_of_the_class() => Reports(
        $"[Model(64)] public partial class Predict {{ {Logits} }}",
        new Expected("FPE0009", "Predict", "Predict: the class collides with the generated method Predict; rename it"));

    [Fact]
    public Task FPE0009_name_of_a_type_parameter() => Reports(
        $"[Model(64)] public partial class Net<Forward> {{ {Logits} }}",
        new Expected("FPE0009", "Forward", "Net: a type parameter collides with the generated method Forward; rename it"));
}
