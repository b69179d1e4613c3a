namespace Fpe.Generators.Naming;

/// <summary>The types that emitted code refers to, by names that are unambiguous in every file.</summary>
internal static class TypeNames
{
    public const string Model = "global::Fpe.Model";
    public const string ModelPlan = "global::Fpe.ModelPlan";
    public const string ImageShape = "global::Fpe.Compute.ImageShape";
    public const string ExpansionPlan = "global::Fpe.Expansion.ExpansionPlan";
    public const string ActivationFunction = "global::Fpe.Compute.ActivationFunction";
    public const string ElementFunction = "global::Fpe.Compute.ElementFunction";
    public const string Window2d = "global::Fpe.Compute.Window2d";
    public const string Split = "global::Fpe.Split";
    public const string Outgoing = "global::Fpe.Outgoing";
    public const string BagMode = "global::Fpe.BagMode";
    public const string Device = "global::Fpe.Compute.Device";
    public const string Predictor = "global::Fpe.Predictor";
    public const string EmbeddedModel = "global::Fpe.EmbeddedModel";
    public const string EmbeddedPredictor = "global::Fpe.EmbeddedPredictor";
    public const string Samples = "global::System.ReadOnlySpan<float>";
    public const string Tokens = "global::System.ReadOnlySpan<int>";
    public const string Results = "global::System.Span<float>";

    public static readonly string GeneratedCode =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"{GeneratorIdentity.Name}\", \"{GeneratorIdentity.Version}\")]";

    /// <summary>A list of uses of a block.</summary>
    public static string ListOf(string block) => $"global::System.Collections.Generic.IReadOnlyList<{block}>";

    /// <summary>The interface of a model class.</summary>
    public static string InterfaceOf(string model) => $"global::Fpe.IModel<{model}>";
}
