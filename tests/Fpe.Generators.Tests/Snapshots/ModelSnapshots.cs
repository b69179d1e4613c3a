using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>The emitted file of one model for each part of the language.</summary>
public sealed class ModelSnapshots
{
    [Fact]
    public Task One_hidden_layer() => Verify("""
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
    public Task Dense_mlp() => Verify("""
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
    public Task Deal() => Verify("""
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
    public Task Share() => Verify("""
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
    public Task Clause() => Verify("""
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
    public Task Clause_on_a_deeper_layer() => Verify("""
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
    public Task Feature() => Verify("""
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
    public Task Count_biases() => Verify("""
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
    public Task Dropout_between_layers() => Verify("""
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
    public Task Other_activations() => Verify("""
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
    public Task Class_level_expand() => Verify("""
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
    public Task Three_hidden_layers_dealt() => Verify("""
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
    public Task Single_output() => Verify("""
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
    public Task Single_layer() => Verify("""
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

    [Fact]
    public Task Global_namespace() => Verify("""
        using Fpe;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Internal_and_private_members() => Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        internal partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(8), Relu]
            internal partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(8)]
            protected internal virtual partial Linear Middle { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            private partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Generic() => Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net<TLabel, @in>
            where TLabel : struct
        {
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Keyword_names() => Verify("""
        using Fpe;
        namespace @namespace.@event;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class @return
        {
            /// <summary>A layer.</summary>
            [Linear(8)]
            public partial Linear @class { get; }
            /// <summary>A layer.</summary>
            [Linear(8)]
            public partial Linear Field { get; }
            /// <summary>A layer.</summary>
            [Linear(8)]
            public partial Linear Value { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear record { get; }
        }
        """);

    [Fact]
    public Task Names_already_taken() => Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Linear(8)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear logits { get; }
            private int hidden = 3;
            private int hidden2 = 4;
            /// <summary>A member.</summary>
            public string DeclaredPlan => $"{hidden} {hidden2}";
            /// <summary>An overload.</summary>
            public int Predict(float[] input, int times) => Predict(input) + times;
        }
        """);

    [Fact]
    public Task Nested() => Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A container.</summary>
        public static partial class Outer
        {
            /// <summary>A container.</summary>
            public partial interface IMiddle<T>
            {
                /// <summary>A container.</summary>
                public partial record struct Inner
                {
                    /// <summary>A model.</summary>
                    [Model(64)]
                    public sealed partial class Net
                    {
                        /// <summary>A layer.</summary>
                        [Linear(10)]
                        public partial Linear Logits { get; }
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Block_namespace() => Verify("""
        namespace Samples
        {
            namespace Deeper
            {
                using Fpe;

                /// <summary>A model.</summary>
                [Model(64)]
                public sealed partial class Net
                {
                    /// <summary>A layer.</summary>
                    [Linear(10)]
                    public partial Linear Logits { get; }
                }
            }
        }
        """);

    private static async Task Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(source));
        Assert.Empty(project.Problems);
        Assert.Empty(await TestProject.Analyze(project.Compilation));
        Assert.Empty(TestProject.Generate(TestProject.Compile(LanguageVersion.Preview, source)).Problems);
        Snapshot.Match(project.Result.GeneratedSources.Single().SourceText.ToString(), method: method);
    }
}
