extern alias generators;

using generators::Fpe.Generators.Kinds;

namespace Fpe.Generators.Tests.Architecture;

/// <summary>A kind of layer is an attribute, a plan, a class of the runtime, and a line in the table of the generator.</summary>
public sealed class KindTests
{
    public static TheoryData<string> Names => [.. LayerKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_an_attribute_a_class_and_a_plan(string name)
    {
        LayerKind kind = LayerKinds.All.Single(kind => kind.Name == name);
        string[] attributes = kind == LayerKinds.Activation ? [.. Enum.GetNames<Fpe.Compute.ActivationFunction>().Except(["Identity"]).Select(function => $"Fpe.{function}Attribute")] : [kind.MetadataName];
        Assert.All(attributes, attribute => Assert.NotNull(typeof(ModelAttribute).Assembly.GetType(attribute)));
        Assert.Equal($"global::{Runtime($"Fpe.{name}").FullName}", kind.TypeName);
        Assert.Equal(Runtime($"Fpe.{name}Plan").FullName, kind.PlanType.FullName);
    }

    /// <summary>A plan that the generator has not heard of is missing in the table.</summary>
    [Fact]
    public void Every_plan_has_a_kind() => Assert.Equal(
        typeof(LayerPlan).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(LayerPlan))).Select(type => type.FullName).Order(),
        LayerKinds.All.Select(kind => kind.PlanType.FullName).Order());

    [Fact]
    public void Every_function_declares_an_activation() => Assert.All(
        Enum.GetNames<Fpe.Compute.ActivationFunction>().Except(["Identity"]),
        function => Assert.NotNull(typeof(ModelAttribute).Assembly.GetType($"Fpe.{function}Attribute")));

    [Fact]
    public void The_sample_has_one_name() => Assert.Equal(LayerPlan.Sample, ModelAttribute.Sample);

    [Fact]
    public void A_plan_of_no_kind_is_refused_by_name()
    {
        var error = Assert.Throws<InvalidOperationException>(() => LayerKinds.Of(typeof(UnknownPlan)));
        Assert.Equal("UnknownPlan is not the plan of any kind of layer; add the kind to LayerKinds.", error.Message);
    }

    private static Type Runtime(string name) => typeof(LayerPlan).Assembly.GetType(name, throwOnError: true)!;

    private sealed class UnknownPlan;
}
