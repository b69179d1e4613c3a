using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Kinds;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Emit;

/// <summary>Writes the class of a model without errors.</summary>
internal sealed class ModelEmitter
{
    private readonly SourceWriter writer;
    private readonly ModelSpec model;
    private readonly WeightCounts counts;
    private readonly Wording wording;

    public ModelEmitter(SourceWriter writer, ModelSpec model)
    {
        this.writer = writer;
        this.model = model;
        ModelGraph graph = model.Graph;
        counts = model.Count(graph);
        wording = new Wording(model, graph, counts);
    }

    private int OutputCount => model.Layers[model.Layers.Count - 1].Plan.Outputs;

    public void Emit()
    {
        string self = model.Type.Reference;
        writer.Summary(wording.OfModel());
        writer.Line(TypeNames.GeneratedCode);
        writer.Line($"{model.Type.Header} : {TypeNames.Model}, {TypeNames.InterfaceOf(self)}");
        writer.Open();
        EmitConstants();
        PlanEmitter.Emit(writer, model);
        writer.Line();
        EmitFields();
        EmitConstructors();
        for (int i = 0; i < model.Layers.Count; i++)
            EmitProperty(model.Layers[i], wording.OfLayer(i));
        writer.Line($"static {TypeNames.ModelPlan} {TypeNames.InterfaceOf(self)}.Plan => {model.PlanField};");
        writer.Line();
        writer.Line($"static {self} {TypeNames.InterfaceOf(self)}.Create(long seed, {TypeNames.Device} device) => new(seed, device);");
        writer.Line();
        EmitForward();
        EmitPredict();
        writer.Close();
    }

    private void EmitConstants()
    {
        Constant("int", MemberNames.InputCount, model.Sample.Count, wording.OfInputCount());
        if (model.Sample.Image is { } image)
        {
            Constant("int", MemberNames.InputChannels, image.Channels, "The number of channels of an image.");
            Constant("int", MemberNames.InputHeight, image.Height, "The number of rows of an image.");
            Constant("int", MemberNames.InputWidth, image.Width, "The number of columns of an image.");
        }

        Constant("int", MemberNames.OutputCount, OutputCount, "The number of outputs per sample.");
        Constant("long", MemberNames.DenseWeights, counts.Dense, wording.OfDenseWeights());
        Constant("long", MemberNames.WeightsBeforePruning, counts.BeforePruning, wording.OfWeightsBeforePruning());
        Constant("long", MemberNames.ExpandedWeights, counts.Expanded, wording.OfExpandedWeights());
        Constant("long", MemberNames.PrunedWeights, counts.Pruned, wording.OfPrunedWeights());
        Constant("long", MemberNames.DenseBiases, counts.DenseBiases, wording.OfDenseBiases());
        Constant("long", MemberNames.ExpandedBiases, counts.ExpandedBiases, wording.OfExpandedBiases());
        Constant("long", MemberNames.NonZeroCount, counts.NonZero, wording.OfNonZeroCount());
        if (model.TableWeights > 0)
            Constant("long", MemberNames.TableWeights, model.TableWeights, wording.OfTableWeights());
        string[] weighted = [.. model.Plans.Where(plan => plan.Size is not null).Select(plan => plan.Name)];
        for (int l = 0; l < weighted.Length; l++)
        {
            string name = weighted[l];
            Constant("long", name + MemberNames.DenseWeights, counts.Layers[l].Dense, wording.OfLayerDenseWeights(l));
            Constant("long", name + MemberNames.WeightsBeforePruning, counts.Layers[l].BeforePruning, wording.OfLayerWeightsBeforePruning(l));
        }
    }

    private void Constant(string type, string name, long value, string summary)
    {
        writer.Summary(summary);
        writer.Line(Invariant($"public const {type} {name} = {value};"));
        writer.Line();
    }

    private void EmitFields()
    {
        foreach (LayerSpec layer in model.Layers)
            writer.Line($"private readonly {TypeOf(layer)} {layer.FieldName};");
        writer.Line();
    }

    private void EmitConstructors()
    {
        string name = Identifier.Escape(model.Type.Name);
        writer.Line($$"""
            /// <summary>Creates an initialised dense parent on the default device, with seed 0.</summary>
            public {{name}}()
                : this(0)
            {
            }

            /// <summary>Creates an initialised dense parent on the default device.</summary>
            /// <param name="seed">The seed of the initial weights and of the split.</param>
            public {{name}}(long seed)
                : this(seed, {{TypeNames.Device}}.Default)
            {
            }

            /// <summary>Creates an initialised dense parent.</summary>
            /// <param name="seed">The seed of the initial weights and of the split.</param>
            /// <param name="device">The device that holds the model.</param>
            public {{name}}(long seed, {{TypeNames.Device}} device)
                : base({{model.PlanField}}, seed, device)
            """);
        writer.Open();
        for (int i = 0; i < model.Layers.Count; i++)
            writer.Line(Invariant($"{model.Layers[i].FieldName} = LayerAt<{TypeOf(model.Layers[i])}>({i});"));
        writer.Close();
        writer.Line();
    }

    private void EmitProperty(LayerSpec layer, string summary)
    {
        writer.Summary(summary);
        string modifiers = layer.Modifiers.Length == 0 ? string.Empty : layer.Modifiers + " ";
        writer.Line($"{modifiers}partial {TypeOf(layer)} {Identifier.Escape(layer.Plan.Name)} => {layer.FieldName};");
        writer.Line();
    }

    private void EmitForward()
    {
        writer.Line(Invariant($$"""
            /// <summary>Computes the outputs of a batch of samples.</summary>
            /// <param name="inputs">{{wording.OfBatch()}}, row by row.</param>
            /// <param name="outputs">[batch, {{OutputCount}}], row by row; overwritten.</param>
            public void Forward({{TypeNames.Samples}} inputs, {{TypeNames.Results}} outputs) => ForwardBatch(inputs, outputs);

            /// <summary>Computes the outputs of a batch of samples.</summary>
            /// <param name="inputs">{{wording.OfBatch()}}, row by row.</param>
            /// <returns>[batch, {{OutputCount}}], row by row.</returns>
            public float[] Forward({{TypeNames.Samples}} inputs)
            {
                var outputs = new float[inputs.Length / InputCount * OutputCount];
                ForwardBatch(inputs, outputs);
                return outputs;
            }
            """));
        writer.Line();
    }

    private void EmitPredict()
    {
        if (model.Sample.Vocabulary > 0)
        {
            (string type, string what, string method) = OutputCount == 1
                ? ("float", "Computes the output of one sample of tokens.", "PredictValue")
                : ("int", "Predicts the class with the largest output for one sample of tokens.", "PredictClass");
            writer.Line(Invariant($$"""
                /// <summary>{{what}}</summary>
                /// <param name="tokens">From 1 to {{model.Sample}} tokens, each from 0 to {{model.Sample.Vocabulary - 1}}.</param>
                public {{type}} Predict({{TypeNames.Tokens}} tokens) => {{method}}(tokens);
                """));
            writer.Line();
        }

        if (OutputCount == 1)
        {
            writer.Line(Invariant($$"""
                /// <summary>Computes the output of one sample.</summary>
                /// <param name="input">{{wording.OfSample()}}</param>
                public float Predict({{TypeNames.Samples}} input) => PredictValue(input);
                """));
        }
        else
        {
            writer.Line(Invariant($$"""
                /// <summary>Predicts the class with the largest output for one sample.</summary>
                /// <param name="input">{{wording.OfSample()}}</param>
                /// <returns>The class, from 0 to {{OutputCount - 1}}.</returns>
                public int Predict({{TypeNames.Samples}} input) => PredictClass(input);
                """));
        }
    }

    private static string TypeOf(LayerSpec layer) => LayerKinds.Of(layer.Plan).TypeName;
}
