namespace Fpe.Generators.Tests.Support;

/// <summary>The members of Fpe.Runtime that emitted code needs, and nothing behind them.</summary>
internal static class RuntimeStub
{
    public const string Source = """
        using System;
        using System.Collections.Generic;

        namespace Fpe.Compute
        {
            public enum ActivationFunction { Identity, Relu, Gelu, Tanh, Sigmoid }

            public abstract class Device
            {
                public static Device Default => throw new NotSupportedException();
            }
        }

        namespace Fpe.Expansion
        {
            public sealed record ExpansionPlan(
                int Factor, Split Strategy = Split.Random, int Share = 1, Outgoing Outgoing = Outgoing.Prune)
            {
                public IReadOnlyList<IReadOnlyList<int>> Clauses { get; init; } = [];
            }
        }

        namespace Fpe
        {
            using Fpe.Compute;
            using Fpe.Expansion;

            public abstract record LayerPlan(string Name, int Inputs, int Outputs);

            public sealed record LinearPlan(
                string Name, int Inputs, int Neurons, ActivationFunction Activation = ActivationFunction.Identity)
                : LayerPlan(Name, Inputs, Neurons)
            {
                public ExpansionPlan? Expansion { get; init; }
            }

            public sealed record DropoutPlan(string Name, int Width, double Rate) : LayerPlan(Name, Width, Width);

            public sealed class ModelPlan(
                string name, int inputs, bool countBiases, long denseWeights, long weightsBeforePruning, long expandedWeights,
                IReadOnlyList<LayerPlan> layers)
            {
                public string Name => name;
                public int InputCount => inputs;
                public bool CountBiases => countBiases;
                public long DenseWeights => denseWeights;
                public long WeightsBeforePruning => weightsBeforePruning;
                public long ExpandedWeights => expandedWeights;
                public IReadOnlyList<LayerPlan> Layers => layers;
            }

            public abstract class Layer;
            public sealed class Linear : Layer;
            public sealed class Dropout : Layer;

            public interface IModel<TSelf>
                where TSelf : Model, IModel<TSelf>
            {
                static abstract ModelPlan Plan { get; }
                static abstract TSelf Create(long seed, Device device);
            }

            public abstract class Model : IDisposable
            {
                protected Model(ModelPlan plan, long seed, Device device) => (Plan, Seed, Device) = (plan, seed, device);
                public ModelPlan Plan { get; }
                public long Seed { get; }
                public Device Device { get; }
                public void Dispose() { }
                protected T LayerAt<T>(int index) where T : Layer => throw new NotSupportedException();
                protected void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs) { }
                protected int PredictClass(ReadOnlySpan<float> input) => 0;
            }
        }
        """;
}
