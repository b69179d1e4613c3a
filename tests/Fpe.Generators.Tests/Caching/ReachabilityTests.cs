using System.Collections.Immutable;
using System.Reflection;
using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Tests.Caching;

/// <summary>No step keeps a compilation alive: nothing of the compiler is reachable from what the steps carry.</summary>
public sealed class ReachabilityTests
{
    [Theory]
    [InlineData("64", "[Dropout(0.1)] public partial Dropout Noise { get; }", "Expand(2, Split.Clause), Clause(0, 1)")]
    [InlineData("64", "[Dropout(0.1)] public partial Dropout Noise { get; }", "Expand(65)")]
    [InlineData("1, 8, 8", "[Conv2d(4, 3)] public partial Conv2d Edges { get; } [MaxPool2d(2)] public partial MaxPool2d Pool { get; } [Flatten] public partial Flatten Features { get; }", "Expand(2)")]
    public void Steps_carry_values_only(string sample, string layers, string attributes)
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(
            $$"""
            using Fpe;
            namespace Outer { public partial class Container<T> {
            [Model({{sample}}, CountBiases = true)]
            public sealed partial class Net
            {
                {{layers}}
                [Linear(4), Relu, {{attributes}}] public partial Linear Hidden { get; }
                [Linear(10)] public partial Linear Logits { get; }
            } } }
            """));
        object[] carried =
        [
            .. new[] { TrackingNames.Parse, TrackingNames.Emit }
                .SelectMany(name => project.Result.TrackedSteps[name])
                .SelectMany(step => step.Outputs)
                .Select(output => output.Value),
        ];
        Assert.Equal(2, carried.Length);
        Assert.All(carried, value => Assert.Null(FindCompilerObject(value, value.GetType().Name, [])));
    }

    [Fact]
    public void Manifests_are_values_only()
    {
        GeneratedProject project = TestProject.Generate(
            TestProject.Compile("using Fpe; [Model(4)] public sealed partial class Net { [Linear(2)] public partial Linear Logits { get; } }"),
            AdditionalFile.Embedded("net.safetensors", "fpe-manifest 1\nmodel = Net\nchecksum = 01234567\nexpanded = true\ninputs = 5\nend\n"));
        Assert.Equal("FPE0075", Assert.Single(project.Result.Diagnostics).Id);
        object[] carried =
        [
            .. new[] { TrackingNames.Manifest, TrackingNames.Embed, TrackingNames.Emit }
                .SelectMany(name => project.Result.TrackedSteps[name])
                .SelectMany(step => step.Outputs)
                .Select(output => output.Value),
        ];
        Assert.Equal(3, carried.Length);
        Assert.All(carried, value => Assert.Null(FindCompilerObject(value, value.GetType().Name, [])));
    }

    [Fact]
    public void The_walk_finds_what_is_hidden_deep_inside()
    {
        CSharpCompilation compilation = TestProject.Compile("class C;");
        INamedTypeSymbol symbol = compilation.GetTypeByMetadataName("C")!;
        foreach (object hidden in new object[] { compilation, symbol, symbol.Locations[0], compilation.SyntaxTrees[0].GetRoot(), compilation.SyntaxTrees[0] })
            Assert.NotNull(FindCompilerObject(ImmutableArray.Create<(string, object[])>(("name", [hidden])), "root", []));
    }

    /// <summary>The path to the first object of the compiler; null where there is none.</summary>
    private static string? FindCompilerObject(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum)
            return null;
        if (value is ISymbol or Compilation or SyntaxNode or SyntaxTree or SyntaxReference or SemanticModel or Location or AttributeData or Diagnostic)
            return path;
        if (!value.GetType().IsValueType && !seen.Add(value))
            return null;
        if (value is Array array)
            return array.Cast<object?>().Select(item => FindCompilerObject(item, path + "[]", seen)).FirstOrDefault(found => found is not null);

        for (Type? type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (field.FieldType != typeof(Type) && FindCompilerObject(field.GetValue(value), $"{path}.{field.Name}", seen) is { } found)
                    return found;
            }
        }

        return null;
    }
}
