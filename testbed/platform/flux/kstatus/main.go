// Command kstatus reads Kubernetes objects from standard input, YAML documents or JSON, and prints for each
// the status that kstatus computes and its message, a line each, with a tab between. Flux, Helm's wait and others
// decide by that library when something that they applied is there.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
)

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	documents := yaml.NewYAMLReader(bufio.NewReader(in))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		result, err := compute(document)
		if err != nil {
			return err
		}
		message := strings.Join(strings.Fields(result.Message), " ")
		if _, err := fmt.Fprintf(out, "%s\t%s\n", result.Status, message); err != nil {
			return err
		}
	}
}

func compute(document []byte) (*status.Result, error) {
	// By way of JSON, so that whole numbers are what a client would have read.
	text, err := yaml.ToJSON(document)
	if err != nil {
		return nil, err
	}
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(text); err != nil {
		return nil, err
	}
	return status.Compute(object)
}
