using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Kinds;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using Microsoft.CodeAnalysis.CSharp;
using static System.FormattableString;

namespace Fpe.Generators.Emit;

/// <summary>Writes the class of a model without errors.</summary>
internal sealed class ModelEmitter
{
    private readonly SourceWriter writer;
    private readonly ModelSpec model;
    private readonly WeightCounts counts;
    private readonly Wording wording;
    private readonly MemberEmitter members;
    private readonly DeployedWording deployed;

    public ModelEmitter(SourceWriter writer, ModelSpec model)
    {
        this.writer = writer;
        this.model = model;
        ModelGraph graph = model.Graph;
        counts = model.Count(graph);
        wording = new Wording(model, graph, counts);
        members = new MemberEmitter(writer, model, wording);
        deployed = new DeployedWording(model, graph, counts);
    }

    private int OutputCount => model.Plans[model.Plans.Count - 1].Outputs;

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
        members.EmitFields();
        EmitConstructors();
        members.EmitProperties();
        writer.Line();
        writer.Line($"static {TypeNames.ModelPlan} {TypeNames.InterfaceOf(self)}.Plan => {model.PlanField};");
        writer.Line();
        writer.Line($"static {self} {TypeNames.InterfaceOf(self)}.Create(long seed, {TypeNames.Device} device) => new(seed, device);");
        writer.Line();
        EmitForward();
        EmitPredict();
        if (model.Embedded is { } embedded)
            EmitLoaders(embedded);
        writer.Close();
    }

    private void EmitConstants()
    {
        members.EmitShape("The number of outputs per sample.");
        members.Constant("long", MemberNames.DenseWeights, counts.Dense, wording.OfDenseWeights());
        members.Constant("long", MemberNames.WeightsBeforePruning, counts.BeforePruning, wording.OfWeightsBeforePruning());
        members.Constant("long", MemberNames.ExpandedWeights, counts.Expanded, wording.OfExpandedWeights());
        members.Constant("long", MemberNames.PrunedWeights, counts.Pruned, wording.OfPrunedWeights());
        members.Constant("long", MemberNames.DenseBiases, counts.DenseBiases, wording.OfDenseBiases());
        members.Constant("long", MemberNames.ExpandedBiases, counts.ExpandedBiases, wording.OfExpandedBiases());
        members.Constant("long", MemberNames.NonZeroCount, counts.NonZero, wording.OfNonZeroCount());
        if (model.TableWeights > 0)
            members.Constant("long", MemberNames.TableWeights, model.TableWeights, wording.OfTableWeights());
        EmitBytes();
        foreach (MemberSpec member in model.Members)
        {
            if (wording.CountsOf(member) is not { } own)
                continue;
            members.Constant("long", member.Name + MemberNames.DenseWeights, own.Dense, wording.OfDenseWeights(member));
            members.Constant("long", member.Name + MemberNames.WeightsBeforePruning, own.BeforePruning, wording.OfWeightsBeforePruning(member));
        }
    }

    /// <summary>Writes the bytes in generated C; nothing if it cannot hold the model.</summary>
    private void EmitBytes()
    {
        if (deployed.Int8 is { } bytes)
            members.Constant("long", MemberNames.Int8Bytes, bytes.TablesBytes, deployed.OfTables(bytes, NumberFormat.Int8));
        if (deployed.Float is { } numbers)
            members.Constant("long", MemberNames.FloatBytes, numbers.TablesBytes, deployed.OfTables(numbers, NumberFormat.Float));
        if (deployed.Scratch is { } scratch)
            members.Constant("long", MemberNames.ScratchBytes, scratch, deployed.OfScratch());
    }

    private void EmitLoaders(EmbeddedSpec embedded)
    {
        string self = model.Type.Reference;
        string file = System.Security.SecurityElement.Escape(embedded.Resource);
        string arguments = $"typeof({self}).Assembly, {SymbolDisplay.FormatLiteral(embedded.Resource, quote: true)}, \"{embedded.Checksum}\", device";
        if (embedded.Format == NumberFormat.Float)
        {
            writer.Line();
            writer.Line($$"""
                /// <summary>Loads the trained model that is embedded in this assembly: {{file}}, {{embedded.Weights}}.</summary>
                /// <param name="device">The device that holds the model; null for the default.</param>
                public static {{self}} {{MemberNames.LoadEmbedded}}({{TypeNames.Device}}? device = null) =>
                    {{TypeNames.EmbeddedModel}}.Load<{{self}}>({{arguments}});
                """);
        }

        writer.Line();
        writer.Line($$"""
            /// <summary>Loads the trained model that is embedded in this assembly, to predict only: {{file}}, {{embedded.Weights}}.</summary>
            /// <param name="device">The device that holds the model; null for the default.</param>
            public static {{TypeNames.Predictor}} {{MemberNames.LoadEmbeddedPredictor}}({{TypeNames.Device}}? device = null) =>
                {{TypeNames.EmbeddedPredictor}}.Load<{{self}}>({{arguments}});
            """);
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
        members.EmitAssignments();
        writer.Close();
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
                ? ("float", "Predicts one sample of tokens: 0 or 1 for binary classification, otherwise the number.", "PredictValue")
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
                /// <summary>Predicts one sample: 0 or 1 for binary classification, otherwise the number.</summary>
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
}
