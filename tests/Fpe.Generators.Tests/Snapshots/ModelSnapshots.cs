using Fpe.Generators.Tests.Support;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>The emitted file of one model for each part of the language.</summary>
public sealed class ModelSnapshots
{
    [Fact]
    public Task One_hidden_layer() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>Reads digits.</summary>
        [Model(inputs: 64)]
        public sealed partial class DigitsNet
        {
            /// <summary>The hidden layer.</summary>
            [Linear(4), Relu, Expand(factor: 4, strategy: Split.Random)]
            public partial Linear Hidden { get; }

            /// <summary>The output layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Byte_budget() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64), ByteBudget(2000, NumberFormat.Float, Scratch = 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(4), Relu, Expand(factor: 4, Outgoing = Outgoing.Deal)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [BatchNorm]
            public partial BatchNorm Norm { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Dense_mlp() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(32), Relu]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Deal() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(16), Relu, Expand(factor: 4, Outgoing = Outgoing.Deal)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Share() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(16), Relu, Expand(factor: 4, Share = 8)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Clause() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 12)]
        [Clause(0, 1, 2, 3), Clause(4, 5, 6, 7)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(8), Relu, Expand(factor: 2, strategy: Split.Clause)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(2)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Clause_on_a_deeper_layer() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 12)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(6), Relu]
            public partial Linear First { get; }
            /// <summary>A layer.</summary>
            [Linear(8), Relu, Expand(factor: 3, strategy: Split.Clause)]
            [Clause(0, 1)]
            [Clause(new[] { 2, 3 })]
            public partial Linear Second { get; }
            /// <summary>A layer.</summary>
            [Linear(2)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Feature() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(784)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(16), Relu, Expand(2, Split.Feature)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Count_biases() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64, CountBiases = true), NonZeroBudget(310)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(4), Relu, Expand(factor: 4)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Dropout_between_layers() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Dropout(0.1)]
            public partial Dropout Noise { get; }
            /// <summary>A layer.</summary>
            [Linear(32), Relu, Expand(factor: 2)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Dropout(0.5)]
            public partial Dropout Drop { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Other_activations() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(8), Gelu]
            public partial Linear First { get; }
            /// <summary>A layer.</summary>
            [Linear(8), Tanh]
            public partial Linear Second { get; }
            /// <summary>A layer.</summary>
            [Linear(8), Sigmoid]
            public partial Linear Third { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Leaky_units() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(8), LeakyRelu]
            public partial Linear First { get; }
            /// <summary>A layer.</summary>
            [Linear(8), LeakyRelu(0.2)]
            public partial Linear Second { get; }
            /// <summary>A layer.</summary>
            [LeakyRelu(slope: 0.001, From = nameof(Second))]
            public partial Activation Third { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Class_level_expand() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64), Expand(factor: 4)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(16), Relu]
            public partial Linear First { get; }
            /// <summary>A layer.</summary>
            [Linear(16), Relu, Expand(factor: 1)]
            public partial Linear Second { get; }
            /// <summary>A layer.</summary>
            [Linear(16), Relu, Expand(factor: 2, Outgoing = Outgoing.Deal)]
            public partial Linear Third { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Three_hidden_layers_dealt() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 784), Expand(factor: 4, Outgoing = Outgoing.Deal, Share = 8)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(32), Relu]
            public partial Linear First { get; }
            /// <summary>A layer.</summary>
            [Linear(32), Relu]
            public partial Linear Second { get; }
            /// <summary>A layer.</summary>
            [Linear(32), Relu]
            public partial Linear Third { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Single_output() => ModelSnapshot.Verify("""
        #pragma warning disable FPE0040
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 24)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(8), Relu]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(1), Sigmoid]
            public partial Linear Output { get; }
        }
        """);

    [Fact]
    public Task Single_layer() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 1)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(1)]
            public partial Linear Output { get; }
        }
        """);
}
