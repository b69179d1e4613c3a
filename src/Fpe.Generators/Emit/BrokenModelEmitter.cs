using System.Linq;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;

namespace Fpe.Generators.Emit;

/// <summary>Writes members that only throw, for a class whose errors the generator reports.</summary>
internal static class BrokenModelEmitter
{
    public static void Emit(SourceWriter writer, BrokenModelSpec model)
    {
        string self = model.Type.Reference;
        string failure = $"throw new global::System.InvalidOperationException(\"{model.Type.Name} has errors; see those whose ids start with FPE.\")";

        writer.Summary($"This {(model.IsBlock ? "block" : "model")} has errors, so its members only throw.");
        writer.Line(TypeNames.GeneratedCode);
        writer.Line(model is { CanBeModel: true, IsBlock: false } ? $"{model.Type.Header} : {TypeNames.Model}, {TypeNames.InterfaceOf(self)}" : model.Type.Header);
        writer.Open();
        if (model is { CanBeModel: true, IsBlock: true })
            EmitBlockConstructor(writer, model, failure);
        else if (model.CanBeModel)
            EmitModelMembers(writer, model, failure);
        if (model.IsUsable)
            EmitUsableMembers(writer, model, failure);

        foreach (BrokenPropertySpec property in model.Properties)
        {
            string modifiers = property.Modifiers.Length == 0 ? string.Empty : property.Modifiers + " ";
            string accessors = string.Join(" ", property.Accessors.Select(accessor => $"{accessor} => {failure};"));
            writer.Summary("Throws.");
            writer.Line($"{modifiers}partial {property.TypeName} {property.Name} {{ {accessors} }}");
            writer.Line();
        }

        writer.Close();
    }

    private static void EmitBlockConstructor(SourceWriter writer, BrokenModelSpec block, string failure)
    {
        writer.Line($"""
            /// <summary>Throws.</summary>
            /// <param name="model">Not used.</param>
            /// <param name="first">Not used.</param>
            internal {Identifier.Escape(block.Type.Name)}({TypeNames.Model} model, int first) => {failure};
            """);
        writer.Line();
    }

    private static void EmitModelMembers(SourceWriter writer, BrokenModelSpec model, string failure)
    {
        string self = model.Type.Reference;
        string name = Identifier.Escape(model.Type.Name);
        writer.Line($$"""
            /// <summary>Throws.</summary>
            public {{name}}()
                : this(0)
            {
            }

            /// <summary>Throws.</summary>
            /// <param name="seed">Not used.</param>
            public {{name}}(long seed)
                : this(seed, {{TypeNames.Device}}.Default)
            {
            }

            /// <summary>Throws.</summary>
            /// <param name="seed">Not used.</param>
            /// <param name="device">Not used.</param>
            public {{name}}(long seed, {{TypeNames.Device}} device)
                : base(({{TypeNames.ModelPlan}}?)null ?? {{failure}}, seed, device)
            {
            }

            static {{TypeNames.ModelPlan}} {{TypeNames.InterfaceOf(self)}}.Plan => {{failure}};

            static {{self}} {{TypeNames.InterfaceOf(self)}}.Create(long seed, {{TypeNames.Device}} device) => {{failure}};
            """);
        writer.Line();
    }

    private static void EmitLoaders(SourceWriter writer, BrokenModelSpec model, string failure)
    {
        writer.Line($$"""
            /// <summary>Throws.</summary>
            /// <param name="device">Not used.</param>
            public static {{model.Type.Reference}} {{MemberNames.LoadEmbedded}}({{TypeNames.Device}}? device = null) => {{failure}};

            /// <summary>Throws.</summary>
            /// <param name="device">Not used.</param>
            public static {{TypeNames.Predictor}} {{MemberNames.LoadEmbeddedPredictor}}({{TypeNames.Device}}? device = null) => {{failure}};
            """);
        writer.Line();
    }

    /// <summary>Emits the members that other code can use, so that the errors do not cause errors there.</summary>
    private static void EmitUsableMembers(SourceWriter writer, BrokenModelSpec model, string failure)
    {
        foreach (string constant in model.IsBlock ? MemberNames.ConstantsOfBlock(model.HasImages) : MemberNames.ConstantsOf(model.HasImages, model.HasTables))
        {
            string type = MemberNames.IsShape(constant) ? "int" : "long";
            writer.Summary("Unknown.");
            writer.Line($"public const {type} {constant} = 0;");
            writer.Line();
        }

        if (model.IsBlock)
            return;

        if (model.IsEmbedded)
            EmitLoaders(writer, model, failure);

        // An int converts to the float that a model of one output predicts.
        writer.Line($$"""
            /// <summary>Throws.</summary>
            /// <param name="inputs">Not used.</param>
            /// <param name="outputs">Not used.</param>
            public void {{MemberNames.Forward}}({{TypeNames.Samples}} inputs, {{TypeNames.Results}} outputs) => {{failure}};

            /// <summary>Throws.</summary>
            /// <param name="inputs">Not used.</param>
            public float[] {{MemberNames.Forward}}({{TypeNames.Samples}} inputs) => {{failure}};

            /// <summary>Throws.</summary>
            /// <param name="input">Not used.</param>
            public int {{MemberNames.Predict}}({{TypeNames.Samples}} input) => {{failure}};
            """);
        writer.Line();
    }
}
